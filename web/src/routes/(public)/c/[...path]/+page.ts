/** Its list is an island; see `lib/catalog/categoryScript.ts`. */
export const csr = false;
