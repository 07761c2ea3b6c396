import type { Cookies } from '@sveltejs/kit';

/**
 * Returns whether a visit may have solutions, requests or calls. Without a cookie or a login it has none, and a request
 * for them may create a buyer.
 */
export const mayOwnSomething = (cookies: Pick<Cookies, 'get'>): boolean =>
  secret(cookies, 'sid') !== undefined || mayBeLoggedIn(cookies);

/** Returns whether a visit has the cookie of a session, which may have ended. */
export const mayBeLoggedIn = (cookies: Pick<Cookies, 'get'>): boolean => sessionOf(cookies) !== undefined;

export const sessionOf = (cookies: Pick<Cookies, 'get'>): string | undefined => secret(cookies, 'session');

// On https the server's secret cookies have a prefix.
const secret = (cookies: Pick<Cookies, 'get'>, name: string): string | undefined =>
  cookies.get(`__Host-${name}`) ?? cookies.get(name);
