import type { Db } from '#db/client.ts';
import type { Clock } from '#server/platform/clock.ts';
import { resolveAttributes } from './attributes/rules.ts';
import { knownValues } from './attributes/queries.ts';
import { keepingFinder } from './keeping.ts';
import type { Found, Guesser, SearchEngine } from './port.ts';
import { find, type FoundInPostgres } from './queries.ts';
import { loosened, type ParsedSearch } from './rules.ts';
import { suggest } from './suggestions/queries.ts';

const noGuesses: Guesser = {
  nearMisses: () => Promise.resolve([]),
  completions: () => Promise.resolve([]),
};

/** Searches in PostgreSQL. `guesser` improves near misses and suggestions. */
export function postgresEngine(db: Db, clock: Clock, guesser: Guesser = noGuesses): SearchEngine {
  const findExactly = keepingFinder(db, clock);
  return {
    find: async (wanted) => {
      const known = await withKnownValues(db, wanted);
      const exact = await findExactly(known);
      if (exact.isMatched || known.words.length === 0) return foundWith(exact, known.words);
      return findNear(db, guesser, known);
    },
    suggest: async (typed) => suggest(db, typed, await guesser.completions(typed.text)),
  };
}

async function findNear(db: Db, guesser: Guesser, wanted: ParsedSearch): Promise<Found> {
  const looser = loosened(wanted);
  const guesses = await guesser.nearMisses(wanted.text);
  const found = await find(db, looser, { guesses });
  const { words } = looser;
  return foundWith(found, found.near ? [...words, { readings: found.nearWords, codes: [] }] : words);
}

function foundWith(found: FoundInPostgres, words: Found['words']): Found {
  const { ids, total, totalIsFloor, near, facets, category } = found;
  return { ids, words, total, totalIsFloor, near, facets, category };
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
