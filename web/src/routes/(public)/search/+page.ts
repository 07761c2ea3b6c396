/** Its list is an island; see `lib/catalog/searchScript.ts`. */
export const csr = false;
