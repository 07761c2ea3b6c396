/** The page is an island; see `script.ts`. */
export const csr = false;
