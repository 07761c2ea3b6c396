import { Meilisearch } from 'meilisearch';

/** Where Meilisearch is; without a key for one that asks for none. */
export interface Address {
  meiliUrl: string;
  meiliKey: string | undefined;
}

/** The index that is asked, and the one that is built to take its place. */
export const liveIndex = 'quoteline_products';
export const nextIndex = 'quoteline_products_next';

/** `timeout` of each HTTP request, in milliseconds. */
export function connect({ meiliUrl, meiliKey }: Address, timeout: number): Meilisearch {
  return new Meilisearch({ host: meiliUrl, timeout, ...(meiliKey ? { apiKey: meiliKey } : {}) });
}
