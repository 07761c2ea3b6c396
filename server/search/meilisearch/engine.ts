import type { Clock } from '#server/platform/clock.ts';
import { foldQuery } from '#server/platform/fold.ts';
import type { Log } from '#server/platform/log.ts';
import type { SearchEngine } from '../port.ts';
import { type Address, connect, liveIndex } from './client.ts';
import type { ProductDocument } from './documents.ts';

/** The timeout of a query. */
const usualPatienceMs = 300;

/** The pause after a failure, so that a hanging server doesn't delay all visitors. */
const restMs = 5_000;
const betweenWarningsMs = 60_000;

const offeredNear = 40;
const offeredCompletions = 8;

/** Meilisearch ignores further words. */
const mostWords = 10;

/** Queries Meilisearch. Failures and timeouts return nothing and are logged at most once a minute. */
export function meilisearch(
  address: Address,
  clock: Clock,
  log: Log,
  patienceMs = usualPatienceMs,
): SearchEngine {
  const index = connect(address, patienceMs).index<ProductDocument>(liveIndex);
  let restsUntil = 0;
  let silentUntil = 0;

  const ask = async (text: string, limit: number, matchingStrategy: 'all' | 'last'): Promise<string[]> => {
    const query = queryOf(text);
    if (query === '' || clock.now().getTime() < restsUntil) return [];
    try {
      const { hits } = await index.search(query, { limit, matchingStrategy, attributesToRetrieve: ['id'] });
      return hits
        .map(({ id }) => id)
        .filter(Number.isSafeInteger)
        .map(String);
    } catch (error) {
      const now = clock.now().getTime();
      restsUntil = now + restMs;
      if (now >= silentUntil) {
        silentUntil = now + betweenWarningsMs;
        log.warn({ reason: reasonOf(error) }, 'Meilisearch failed, only PostgreSQL searches');
      }
      return [];
    }
  };

  return {
    nearMisses: (text) => ask(text, offeredNear, 'last'),
    completions: (text) => ask(text, offeredCompletions, 'all'),
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
