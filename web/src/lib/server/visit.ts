import type { Cookies } from '@sveltejs/kit';

/**
 * Returns whether solutions, requests or calls may belong to a visit. A browser that has started nothing, where nobody is
 * logged in, need not be asked about; asking would start something.
 */
export const mayOwnSomething = (cookies: Pick<Cookies, 'get'>): boolean =>
  cookies.get('sid') !== undefined || cookies.get('session') !== undefined;
