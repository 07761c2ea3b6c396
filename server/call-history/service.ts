import { statusOf } from '#server/calls/service.ts';
import { slugOf } from '#server/catalog/service.ts';
import { formatCredit } from '#server/common/credits.ts';
import { dayIn, isTimeZone } from '#server/common/zones.ts';
import type { Context } from '#server/context.ts';
import { refuseField } from '#server/platform/errors.ts';
import { isRateable } from '#server/ratings/service.ts';
import * as queries from './queries.ts';
import { addDays, daysBetween, figures, mondayOf, mostDays, usualDays, weeksBetween } from './rules.ts';
import type { CallList, CallStatistics, PastCall, StatisticsQuery } from './schema.ts';

/** Returns a page of a buyer's calls, latest first. */
export async function listCalls(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  wanted: queries.CallsWanted,
  page: { page: number; perPage: number },
): Promise<CallList> {
  const [total, rows] = await Promise.all([
    queries.countCalls(db, wanted),
    queries.callsOf(db, wanted, page),
  ]);
  const now = clock.now();
  return { items: rows.map((row) => pastCall(row, now)), total, ...page };
}

function pastCall(row: queries.PastCallRow, now: Date): PastCall {
  const { id, kind, state, outcome, talkSeconds, vendor, product, agent, rating } = row;
  const moment = (at: string | null) => (at === null ? null : new Date(at).toISOString());
  const endedAt = row.endedAt === null ? null : new Date(row.endedAt);
  return {
    ...{ id, kind, status: statusOf[state], outcome, talkSeconds, vendor, agent, rating },
    product: { ...product, slug: slugOf(product.name) },
    requestedAt: new Date(row.requestedAt).toISOString(),
    answeredAt: moment(row.answeredAt),
    endedAt: moment(row.endedAt),
    canRate: rating === null && isRateable({ state, outcome, talkSeconds, endedAt }, now),
    credits: formatCredit(BigInt(row.spent)),
  };
}

/**
 * Returns figures of a buyer's calls, by default of the last eight weeks. Refuses unknown time zones, and ranges that end
 * before they begin or are longer than two years.
 */
export async function statistics(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  buyerId: string,
  { from: wantedFrom, to: wantedTo, by, timeZone = 'UTC' }: StatisticsQuery,
): Promise<CallStatistics> {
  if (!isTimeZone(timeZone)) throw refuseField('timeZone', 'invalid_input', 'this time zone is unknown');
  const to = wantedTo ?? dayIn(timeZone, clock.now());
  const from = wantedFrom ?? addDays(mondayOf(to), -usualDays);
  const days = daysBetween(from, to);
  if (days < 0) throw refuseField('to', 'invalid_input', 'the range ends before it begins');
  if (days >= mostDays) throw refuseField('from', 'invalid_input', `at most ${mostDays} days`);
  const rows = await queries.figuresOf(db, buyerId, { from, to, timeZone }, by);
  return {
    from,
    to,
    by,
    items: by === 'week' ? byWeek(rows, from, to) : byVendor(rows),
    total: figures(rows),
  };
}

function byWeek(rows: queries.FiguresRow[], from: string, to: string): CallStatistics['items'] {
  return weeksBetween(from, to).map((week) => ({
    week,
    ...figures(rows.filter(({ key }) => key === week)),
  }));
}

const byVendor = (rows: queries.FiguresRow[]): CallStatistics['items'] =>
  rows.map((row) => ({ vendor: { id: row.key, name: row.name ?? '' }, ...figures([row]) }));
