/** Pages behind a partner's link run a small script of their own instead of SvelteKit's, also when a link fails. */
export const csr = false;
