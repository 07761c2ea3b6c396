const plain: readonly string[] = [
  '/(buyer)/requests/[id]',
  '/(buyer)/solution/review',
  '/(public)',
  '/(public)/c/[...path]',
  '/(public)/compare',
  '/(public)/p/[id]/[[slug]]',
  '/(public)/partners',
  '/(public)/partners/[slug]',
  '/(public)/search',
  '/account',
  '/account/credits',
  '/account/credits/[id]',
  '/account/login',
  '/account/register',
  '/account/reset',
  '/account/reset/[token]',
  '/account/settings',
  '/account/undo/[token]',
  '/account/verify/[token]',
  '/e/[token]',
  '/f/[token]',
  '/staff/top-ups',
];

/** Whether a route has `csr = false`. */
export const isPlain = (routeId: string | null): boolean => routeId !== null && plain.includes(routeId);
