import { clock, secondsSince } from '#lib/calls/times.ts';

/**
 * Lets the page's clocks run: elements with `data-since`, an instant, and `data-now`, the server's time when it printed
 * them. The browser's own clock may be wrong by any amount.
 */
export function runClocks(): void {
  let printed = '';
  let ahead = 0;
  setInterval(() => {
    for (const { dataset, firstChild } of document.querySelectorAll<HTMLElement>('[data-since]')) {
      const { since = '', now = '' } = dataset;
      // The page was read again.
      if (now !== printed) ahead = Date.parse(now) - Date.now();
      printed = now;
      const text = clock(secondsSince(since, Date.now() + ahead));
      if (firstChild && firstChild.nodeValue !== text) firstChild.nodeValue = text;
    }
  }, 500);
}
