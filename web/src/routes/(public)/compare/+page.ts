/** Its table is an island; see `lib/catalog/compareScript.ts`. */
export const csr = false;
