/** The page is links and forms; see `lib/shell/framePage.ts`. */
export const csr = false;
