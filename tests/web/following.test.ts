import { afterEach, expect, test, vi } from 'vitest';

/** The script of the page of a request, without a browser: what it fetches and when. */
const fetchPage = vi.fn<() => Promise<{ ok: boolean; status: number } | undefined>>();
const show = vi.fn();
let changed: () => void = () => undefined;

vi.mock('#lib/plain/visit.ts', () => ({ fetchPage, show, postInPlace: vi.fn() }));
vi.mock('#lib/plain/watch.ts', () => ({
  watchTopics: (_topics: string[], onChange: () => void) => (changed = onChange),
}));
vi.mock('#lib/plain/clocks.ts', () => ({ runClocks: vi.fn() }));
vi.mock('#lib/plain/dates.ts', () => ({ followDates: vi.fn() }));
vi.mock('#lib/shell/timeZone.ts', () => ({ ownTimeZone: () => null }));
vi.mock('#lib/plain/page.ts', () => ({
  closeMenus: vi.fn(),
  focusErrors: vi.fn(),
  markReady: vi.fn(),
  readFacts: () => ({ timeZone: 'UTC', topics: ['request:1'], tag: 'en', close: 'Close' }),
}));

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a page of a request that could not be fetched is fetched again soon, until it comes', async () => {
  vi.useFakeTimers();
  const reload = vi.fn();
  vi.stubGlobal('location', { href: 'https://quoteline.test/f/token', reload });
  vi.stubGlobal('document', { addEventListener: vi.fn() });
  await import('#lib/compare/page.ts');
  fetchPage.mockRejectedValueOnce(new Error('offline'));
  fetchPage.mockResolvedValueOnce({ ok: false, status: 503 });
  fetchPage.mockResolvedValueOnce({ ok: true, status: 200 });
  changed();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(fetchPage).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(fetchPage).toHaveBeenCalledTimes(3);
  expect(show).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fetchPage).toHaveBeenCalledTimes(3);

  // The link was withdrawn: nothing is tried again.
  fetchPage.mockResolvedValueOnce({ ok: false, status: 404 });
  changed();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reload).toHaveBeenCalledTimes(1);
  expect(fetchPage).toHaveBeenCalledTimes(4);
});
