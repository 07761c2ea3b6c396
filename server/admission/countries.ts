import type { Db } from '#db/client.ts';
import { record } from '#server/platform/events.ts';
import { countryClosed, countryOpened } from './events.ts';
import * as queries from './queries.ts';
import { closedHours } from './rules.ts';

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
