/** Its list is an island; see `lib/catalog/partnerScript.ts`. */
export const csr = false;
