/** Tells the server which time zone to print times in, from the next page on. */
export function rememberTimeZone(known: string): void {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (own && own !== known) document.cookie = `tz=${own}; path=/; max-age=31536000; samesite=lax`;
}
