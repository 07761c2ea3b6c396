import { fromDatabase } from '#server/common/money.ts';
import { isFarFromList } from '#server/common/prices.ts';
import type { DatedRates } from '#server/rates/service.ts';
import type { AskedRow } from './queries.ts';
import type { ReadAnswer } from './rules.ts';
import type { AnswerWarning } from './schema.ts';

/** Returns the prices that a person may have mistyped, or left in another currency. */
export function warningsOf(
  { lines, currency }: ReadAnswer,
  asked: readonly AskedRow[],
  rates: DatedRates | null,
): AnswerWarning[] {
  const listPrices = new Map(
    asked.map(({ line, part }) => [line.id, fromDatabase(part.listPrice, part.currency)]),
  );
  return lines.flatMap(({ path, lineId, unitPrice }) => {
    const list = listPrices.get(lineId) ?? null;
    if (unitPrice === null || !isFarFromList(unitPrice, currency, list, rates?.rates ?? noRates)) return [];
    return [{ path: `${path}.unitPrice`, code: 'price_far_from_list' as const }];
  });
}

const noRates: ReadonlyMap<string, string> = new Map();
