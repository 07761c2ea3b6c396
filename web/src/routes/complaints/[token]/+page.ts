/** The page is links and forms. */
export const csr = false;
