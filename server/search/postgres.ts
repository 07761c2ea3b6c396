import type { Db } from '#db/client.ts';
import { resolveAttributes } from './attributes/rules.ts';
import { knownValues } from './attributes/queries.ts';
import type { Found, Guesser, SearchEngine } from './port.ts';
import { find } from './queries.ts';
import { loosened, type ParsedSearch } from './rules.ts';
import { suggest } from './suggestions/queries.ts';

const noGuesses: Guesser = {
  nearMisses: () => Promise.resolve([]),
  completions: () => Promise.resolve([]),
};

/** Searches in PostgreSQL. `guesser` improves near misses and suggestions. */
export function postgresEngine(db: Db, guesser: Guesser = noGuesses): SearchEngine {
  return {
    find: async (wanted) => findIn(db, guesser, await withKnownValues(db, wanted)),
    suggest: async (typed) => suggest(db, typed, await guesser.completions(typed.text)),
  };
}

async function findIn(db: Db, guesser: Guesser, wanted: ParsedSearch): Promise<Found> {
  const { nearWords: _, ...exact } = await find(db, wanted);
  if (exact.isMatched || wanted.words.length === 0) return { ...exact, words: wanted.words };
  const looser = loosened(wanted);
  const guesses = await guesser.nearMisses(wanted.text);
  const { nearWords, ...found } = await find(db, looser, { guesses });
  return { ...found, words: [...looser.words, { readings: nearWords, codes: [] }] };
}

/** Returns the search with the ids of the values that its attribute filters allow. */
async function withKnownValues(db: Db, wanted: ParsedSearch): Promise<ParsedSearch> {
  const { attributes } = wanted.filters;
  if (attributes.length === 0) return wanted;
  const known = await knownValues(
    db,
    attributes.map(({ key }) => key),
  );
  return { ...wanted, filters: { ...wanted.filters, attributes: resolveAttributes(attributes, known) } };
}
