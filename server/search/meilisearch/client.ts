import { Meilisearch } from 'meilisearch';

/** URL and optional key of Meilisearch. */
export interface Address {
  meiliUrl: string;
  meiliKey: string | undefined;
}

/** The index in use, and the one being built to replace it. */
export const liveIndex = 'quoteline_products';
export const nextIndex = 'quoteline_products_next';

/** `timeout`: of each HTTP request, in milliseconds. */
export function connect({ meiliUrl, meiliKey }: Address, timeout: number): Meilisearch {
  return new Meilisearch({ host: meiliUrl, timeout, ...(meiliKey ? { apiKey: meiliKey } : {}) });
}
