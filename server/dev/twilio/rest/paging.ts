import { RestError } from './errors.ts';

const usualSize = 50;
const largestSize = 1000;

/** Returns a page of a list in Twilio's form. `path`: that of the list, without a query. */
export function pageOf<T extends { sid: string } | { call_sid: string }>(
  name: string,
  items: T[],
  path: string,
  query: Record<string, string>,
): Record<string, unknown> {
  const size = wholeNumber(query.PageSize, usualSize);
  const page = wholeNumber(query.Page, 0);
  const start = page * size;
  const shown = items.slice(start, start + size);
  const filters = Object.entries(query).filter(([key]) => !['Page', 'PageSize', 'PageToken'].includes(key));
  const uriOf = (number: number, token?: string) =>
    `${path}?${new URLSearchParams([
      ...filters,
      ['PageSize', String(size)],
      ['Page', String(number)],
      ...(token ? [['PageToken', token]] : []),
    ] as [string, string][]).toString()}`;
  return {
    [name]: shown,
    first_page_uri: uriOf(0),
    next_page_uri: start + size < items.length ? uriOf(page + 1, `PA${sidOf(shown.at(-1))}`) : null,
    previous_page_uri: page > 0 ? uriOf(page - 1, `PB${sidOf(shown[0])}`) : null,
    page,
    page_size: size,
    start,
    end: Math.max(start, start + shown.length - 1),
    uri: uriOf(page),
  };
}

function sidOf(item: { sid: string } | { call_sid: string } | undefined): string {
  if (!item) return '';
  return 'sid' in item ? item.sid : item.call_sid;
}

function wholeNumber(text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new RestError(400, 20001);
  return Math.min(value, largestSize);
}
