import type { Db } from '#db/client.ts';
import type { CodeRows, JoinedLine } from '../schema.ts';
import { matchAll } from './adding.ts';
import { codeRowsWire } from './answer.ts';
import type { Match, Reason, WantedRow } from './matching.ts';

/** A short form of an answer: row numbers by line id, by ids of the offers asked, and by reason of refusal. */
export interface Outline {
  lines: Record<string, number[]>;
  /** Missing in those of the previous release. */
  offers?: Record<string, number[]>;
  /** By line id. */
  joins?: Record<string, JoinedLine>;
  refused: Record<string, number[]>;
}

// Longer answers are stored as outlines and rebuilt on replay.
const maxKeptBytes = 65_536;

/** Returns what to keep of an answer. */
export const keptAs = (answer: CodeRows): CodeRows | { outline: Outline } =>
  Buffer.byteLength(JSON.stringify(answer)) > maxKeptBytes ? { outline: outlineOf(answer) } : answer;

/** Returns an answer's outline, under 80 bytes a row. */
export function outlineOf({ rows }: CodeRows): Outline {
  const outline = { lines: {}, offers: {}, joins: {}, refused: {} } as Required<Outline>;
  for (const { row, lineId, offers = [], joins, reason, status } of rows) {
    if (lineId !== undefined) {
      (outline.lines[lineId] ??= []).push(row);
      if (joins) outline.joins[lineId] = joins;
      (outline.offers[offers.map(({ id }) => id).join()] ??= []).push(row);
    } else if (reason !== undefined && status === 'refused') (outline.refused[reason] ??= []).push(row);
  }
  return outline;
}

/** Inverts an outline's map: row number -> line id or reason. */
function valueByRow(numbers: Record<string, number[]>): Map<number, string> {
  return new Map(Object.entries(numbers).flatMap(([what, rows]) => rows.map((row) => [row, what] as const)));
}

/** Rebuilds an answer: lines and refusals as they were, products from the current catalogue. */
export async function replayOutcome(tx: Db, rows: readonly WantedRow[], outline: Outline): Promise<CodeRows> {
  const matched = await matchAll(tx, rows);
  const lineOf = valueByRow(outline.lines);
  const reasonOf = valueByRow(outline.refused);
  const matches = matched.matches.map((match): Match => {
    const reason = reasonOf.get(match.wanted.read.row);
    if (match.status !== 'found' || reason === undefined) return match;
    return { wanted: match.wanted, product: match.product, status: 'unclear', reason: reason as Reason };
  });
  const offersOf = valueByRow(outline.offers ?? {});
  const offersById = new Map(
    [...matched.products.values()].flatMap(({ offers }) =>
      offers.map((offer) => [String(offer.id), offer] as const),
    ),
  );
  const added = new Map(
    [...lineOf].map(([row, lineId]) => {
      const ids = (offersOf.get(row) ?? '').split(',');
      const offers = ids.flatMap((id) => offersById.get(id) ?? []);
      return [row, { lineId, offers, joins: outline.joins?.[lineId] }] as const;
    }),
  );
  return codeRowsWire({ matches, added }, matched);
}
