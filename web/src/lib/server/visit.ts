import type { Cookies } from '@sveltejs/kit';

/**
 * Returns whether a visit may have solutions, requests or calls. Without a cookie or a login it has none, and a request
 * for them may create a buyer.
 */
export const mayOwnSomething = (cookies: Pick<Cookies, 'get'>): boolean =>
  cookies.get('sid') !== undefined || cookies.get('session') !== undefined;
