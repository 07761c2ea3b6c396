/** Returns a path of this site as it is and "/" for anything else, so that a form can't redirect to another site. */
export function ownPath(to: string, origin: string): string {
  const target = URL.parse(to, origin);
  if (!to.startsWith('/') || target?.origin !== origin) return '/';
  return target.pathname.startsWith('//') ? '/' : target.pathname + target.search + target.hash;
}
