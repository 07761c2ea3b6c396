import type { Clock } from '#server/platform/clock.ts';
import { foldQuery } from '#server/platform/fold.ts';
import type { Log } from '#server/platform/log.ts';
import type { Guesser } from '../port.ts';
import { type Address, connect, liveIndex } from './client.ts';
import type { ProductDocument } from './documents.ts';

/** The timeout of a query. */
const defaultTimeoutMs = 300;

/** The pause after a failure, so that a hanging server doesn't delay all visitors. */
const pauseMs = 5_000;
const betweenWarningsMs = 60_000;

const mostNear = 40;
const mostCompletions = 40;

/** Meilisearch ignores further words. */
const mostWords = 10;

/** Queries Meilisearch. Failures and timeouts return nothing and are logged at most once a minute. */
export function meilisearch(address: Address, clock: Clock, log: Log, timeoutMs = defaultTimeoutMs): Guesser {
  const index = connect(address, timeoutMs).index<ProductDocument>(liveIndex);
  let pausedUntil = 0;
  let noWarningUntil = 0;

  const ask = async (text: string, limit: number, matchingStrategy: 'all' | 'last'): Promise<string[]> => {
    const query = queryOf(text);
    if (query === '' || clock.now().getTime() < pausedUntil) return [];
    try {
      const { hits } = await index.search(query, { limit, matchingStrategy, attributesToRetrieve: ['id'] });
      return hits
        .map(({ id }) => id)
        .filter(Number.isSafeInteger)
        .map(String);
    } catch (error) {
      const now = clock.now().getTime();
      pausedUntil = now + pauseMs;
      if (now >= noWarningUntil) {
        noWarningUntil = now + betweenWarningsMs;
        log.warn({ reason: reasonOf(error) }, 'Meilisearch failed, only PostgreSQL searches');
      }
      return [];
    }
  };

  return {
    nearMisses: (text) => ask(text, mostNear, 'last'),
    completions: (text) => ask(text, mostCompletions, 'all'),
  };
}

/** Folds the words and removes Meilisearch's operators: quotes for phrases, a dash for "not". */
function queryOf(text: string): string {
  const words = foldQuery(text)
    .slice(0, mostWords)
    .map(([reading = '']) => reading);
  return words
    .join(' ')
    .replaceAll('"', ' ')
    .replace(/(^|\s)-+/g, '$1')
    .trim();
}

/** Returns only the messages, because the error contains the request. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string } };
  return [message, cause?.message].filter(Boolean).join(': ');
}
