const plain: readonly string[] = ['/(buyer)/requests/[id]', '/e/[token]', '/f/[token]'];

/** Whether a route has `csr = false`. */
export const isPlain = (routeId: string | null): boolean => routeId !== null && plain.includes(routeId);
