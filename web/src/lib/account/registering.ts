/**
 * Names the cookie of a browser that registered, which need not ask for the password when the address is proven. Only a
 * hint for the page: the service knows the browser by its secret.
 */
export const registeredCookie = { name: 'registered', path: '/account/verify', maxAge: 86_400 } as const;
