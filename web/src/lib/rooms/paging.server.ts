/** Returns the page of a list that an address names. */
export const pageIn = ({ searchParams }: URL): number =>
  Math.min(1_000, Math.max(1, Math.floor(Number(searchParams.get('page'))) || 1));
