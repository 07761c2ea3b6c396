import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Context } from '#server/context.ts';
import { type PublishedDay, UnreadableRates } from './formats/published.ts';
import { readRates } from './formats/read.ts';
import { type Kept, keepDay } from './keeping.ts';
import * as queries from './queries.ts';
import { ageInDays, requestOf, sourcesIn } from './rules.ts';

const timeoutMs = 20_000;
/** The ECB's whole history has about 7 MB. */
const largestBytes = 40 * 1024 * 1024;

/** Gaps of up to this many days, such as Easter, are days without rates rather than missed ones. */
const usualGap = 5;

/** A source couldn't be read; the others were. */
export class RatesNotFetched extends Error {}

/**
 * Fetches all sources of RATES_URL and keeps their days, with the history of days that were missed. A currency comes from
 * the first source that has it. Throws RatesNotFetched after trying all, so that the job is tried again.
 */
export async function fetchRates(ctx: Pick<Context, 'db' | 'clock' | 'log' | 'config'>): Promise<Kept[]> {
  const failures: string[] = [];
  const kept: Kept[] = [];
  const taken = new Set<string>();
  for (const { url, history } of sourcesIn(ctx.config.ratesUrl ?? '')) {
    try {
      const newest = readRates(await download(url));
      // The first day tells whose rates these are, so that only the missed ones are fetched.
      const missed = await missedDays(ctx, newest, history);
      const ofSource: Kept[] = [];
      for (const day of [...missed, ...newest]) ofSource.push(await keepDay(ctx, day, taken));
      for (const day of newest) for (const currency of day.rates.keys()) taken.add(currency);
      kept.push(...ofSource);
      const refused = ofSource.find(({ outcome }) => outcome === 'refused');
      if (refused) failures.push(`${withoutQuery(url)}: ${refused.date}: ${refused.reason ?? ''}`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      ctx.log.error({ url: withoutQuery(url), reason }, 'exchange rates not fetched');
      failures.push(`${withoutQuery(url)}: ${reason}`);
      // The currencies stay those of the source that failed, not of the next one.
      for (const { currency } of await queries.newestRates(ctx.db, today(ctx))) taken.add(currency);
    }
  }
  if (failures.length > 0) throw new RatesNotFetched(failures.join('; '));
  return kept;
}

const today = ({ clock }: Pick<Context, 'clock'>): string => clock.now().toISOString().slice(0, 10);

/** Returns the source's days between the newest stored one and these, oldest first, if there is a gap. */
async function missedDays(
  { db, log, clock }: Pick<Context, 'db' | 'log' | 'clock'>,
  newest: readonly PublishedDay[],
  history: readonly { days: number; url: string }[],
): Promise<PublishedDay[]> {
  const first = newest[0];
  if (!first || history.length === 0) return [];
  const stored = await queries.newestDay(db, first.source);
  const gap = stored === null ? usualGap + 1 : ageInDays(stored, new Date(`${first.date}T00:00:00Z`));
  if (gap <= usualGap) return [];
  const file = history.find(({ days }) => gap <= days);
  if (!file) return [];
  try {
    const days = readRates(await download(file.url));
    return days.filter(({ date }) => (stored === null || date > stored) && date < first.date);
  } catch (error) {
    // Today's rates count more than those that were missed.
    log.warn(
      { url: withoutQuery(file.url), err: error, at: clock.now() },
      'history of exchange rates not fetched',
    );
    return [];
  }
}

/** Returns the text of a file, or at an address that answers 200 within the time and size allowed. */
async function download(url: string): Promise<string> {
  if (url.startsWith('file:')) return readFile(fileURLToPath(url), 'utf8');
  const { headers, ...request } = requestOf(url);
  const response = await fetch(url, {
    ...request,
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      accept: 'application/xml, application/json, text/plain, */*',
      'user-agent': 'Quoteline',
      ...headers,
    },
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new UnreadableRates(`it answered ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > largestBytes) throw new UnreadableRates('the document is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Without what may hold a key. */
const withoutQuery = (url: string): string => url.split('?', 1)[0] ?? '';
