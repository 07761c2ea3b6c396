export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

/** Returns for `{q: 'a b', page: 2, vendor: ['1', '2']}` the query `?q=a+b&page=2&vendor=1&vendor=2`; empty values are left out. */
export function queryString(query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null && item !== '') parameters.append(name, String(item));
    }
  }
  return parameters.size ? `?${parameters}` : '';
}
