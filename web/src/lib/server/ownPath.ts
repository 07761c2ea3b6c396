/** Returns only a path of this site; anything else leads home, so that a form cannot send people away. */
export function ownPath(to: string, origin: string): string {
  const target = URL.parse(to, origin);
  if (!to.startsWith('/') || target?.origin !== origin) return '/';
  return target.pathname.startsWith('//') ? '/' : target.pathname + target.search + target.hash;
}
