/** Returns the browser's time zone where the server assumed another, and stores it in a cookie for the next page. */
export function ownTimeZone(assumed: string): string | undefined {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!own || own === assumed) return undefined;
  document.cookie = `tz=${own}; path=/; max-age=31536000; samesite=lax`;
  return own;
}
