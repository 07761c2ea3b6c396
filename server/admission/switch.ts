import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { CallingConfig } from '#server/platform/config.ts';
import { record } from '#server/platform/events.ts';
import { callingResumed, callingStopped, countryClosed, countryOpened } from './events.ts';
import * as queries from './queries.ts';
import { budgetSpent, closedHours, costOf, isStoppedBy, startOfDay } from './rules.ts';

/** Returns whether calls are stopped: by hand, or for the rest of the day (UTC) because the budget is spent. */
export async function isStopped(db: Db, now: Date): Promise<boolean> {
  return isStoppedBy(await queries.lastSwitch(db), now);
}

/** The state of calling, for operators. */
export interface CallingStatus {
  stoppedFor: string | null;
  stoppedAt: Date | null;
  live: number;
  minutesToday: number;
  /** In 1/10000 of the account's currency. */
  cost: bigint;
  refusedToday: { reason: string; times: number }[];
  closedCountries: { country: string; until: Date }[];
}

export async function callingStatus(
  db: Db,
  calling: Pick<CallingConfig, 'minutePrice'>,
  now: Date,
): Promise<CallingStatus> {
  const today = startOfDay(now);
  const last = await queries.lastSwitch(db);
  const isOff = isStoppedBy(last, now);
  const { over, live } = await queries.minutesSince(db, today);
  return {
    stoppedFor: isOff ? (last?.reason ?? null) : null,
    stoppedAt: isOff ? (last?.at ?? null) : null,
    live: await queries.countLive(db),
    minutesToday: over + live,
    cost: costOf(over + live, calling),
    refusedToday: await queries.refusedSince(db, today),
    closedCountries: await queries.closedCountries(db, now),
  };
}

/** Stops new calls; live ones go on. Idempotent per reason. */
export async function stopCalling(tx: Db, reason: string, now: Date): Promise<void> {
  await queries.lockAdmission(tx);
  const last = await queries.lastSwitch(tx);
  if (last?.reason === reason && isStoppedBy(last, now)) return;
  // The budget's stop ends by itself, so it must not replace one made by hand.
  if (reason === budgetSpent && isStoppedBy(last, now)) return;
  await queries.addSwitch(tx, { stopped: true, reason, at: now });
  await record(tx, [callingStopped({ actor: 'system', at: now, payload: { reason } })]);
}

/** Resumes calls, whatever the reason of the stop. */
export async function resumeCalling(tx: Db, now: Date, why = 'by hand'): Promise<void> {
  await queries.lockAdmission(tx);
  const last = await queries.lastSwitch(tx);
  if (!last?.stopped) return;
  await queries.addSwitch(tx, { stopped: false, reason: why, at: now });
  await record(tx, [callingResumed({ actor: 'system', at: now, payload: { reason: why } })]);
}

/** Records the end of a stop for an earlier day's budget, which has already ended by itself. */
export async function resumeCallingNextDay({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const now = clock.now();
  await db.transaction(async (tx) => {
    const last = await queries.lastSwitch(tx);
    if (last?.stopped && !isStoppedBy(last, now)) await resumeCalling(tx, now, 'a new day');
  });
}

const weekMs = 7 * 86_400_000;

/** Returns a country's closures of the last week, latest first. */
export const closingsOf = (db: Db, country: string | undefined, now: Date): Promise<queries.Closing[]> =>
  queries.closingsSince(db, country ?? '', new Date(now.getTime() - weekMs));

/** Closes a country, longer each time within a week. Returns until when; null if it is closed already. */
export async function closeCountry(tx: Db, country: string, now: Date): Promise<Date | null> {
  await queries.lockAdmission(tx);
  const closings = await closingsOf(tx, country, now);
  if (closings[0] && closings[0].until > now) return null;
  const until = new Date(now.getTime() + closedHours(closings.length) * 3_600_000);
  await queries.addClosing(tx, { country, at: now, until });
  const payload = { country, until: until.toISOString() };
  await record(tx, [countryClosed({ actor: 'system', at: now, payload })]);
  return until;
}

/** Reopens a country; only later calls count for the next closure. Returns whether it was closed. */
export async function openCountry(tx: Db, country: string, now: Date): Promise<boolean> {
  await queries.lockAdmission(tx);
  const wasClosed = await queries.endClosing(tx, country, now);
  if (wasClosed) await record(tx, [countryOpened({ actor: 'system', at: now, payload: { country } })]);
  return wasClosed;
}
