/** The page is forms; its one small script is `lib/compare/page.ts`. */
export const csr = false;
