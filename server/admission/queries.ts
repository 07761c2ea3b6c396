import { and, count, desc, eq, gt, gte, ne, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { callingSwitches, countryClosings, phoneConsents, phoneOptOuts } from '#db/tables/admission.ts';
import { callLegs, calls } from '#db/tables/calls.ts';
import { events } from '#db/tables/events.ts';
import { agents } from '#db/tables/agents.ts';
import { announcing } from '#server/platform/realtime.ts';
import { type CalledNumber, type Minutes, mostCountedPerSource, type Switch } from './rules.ts';

/** The advisory lock of all admissions, which makes limits over all calls exact. */
const admissionLock = 0x51_0e_12;

export async function lockAdmission(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${admissionLock})`);
}

/** Returns the last stop or resumption of calls, or null. */
export async function lastSwitch(db: Db): Promise<Switch | null> {
  const [row] = await db
    .select({ stopped: callingSwitches.stopped, reason: callingSwitches.reason, at: callingSwitches.at })
    .from(callingSwitches)
    .orderBy(desc(callingSwitches.id))
    .limit(1);
  return row ?? null;
}

/** Inserts a stop or resumption and notifies watchers of `calling:switch`. */
export async function addSwitch(tx: Db, change: Switch): Promise<void> {
  const announced = announcing(sql`'calling:switch'`);
  await tx.insert(callingSwitches).values(change).returning({ announced });
}

/** Sums minutes per leg, rounded up as Twilio bills them. A live leg counts with its call's limit. */
const minutesOf = (since: Date) => sql`
  select
    coalesce(sum(case when is_live then 0 else greatest(1, ceil(coalesce(duration_seconds, 0) / 60.0)) end), 0)::int
      as over,
    coalesce(sum(case when is_live then ceil(max_seconds / 60.0) else 0 end), 0)::int as live
  from (
    select
      ${callLegs.durationSeconds} as duration_seconds,
      ${calls.maxSeconds} as max_seconds,
      ${callLegs.endedAt} is null and ${calls.state} <> 'closed' as is_live
    from ${callLegs} inner join ${calls} on ${calls.id} = ${callLegs.callId}
    where ${callLegs.createdAt} >= ${since.toISOString()}
  ) as leg`;

export async function minutesSince(db: Db, since: Date): Promise<Minutes> {
  const [minutes] = await db.execute<{ over: number; live: number }>(minutesOf(since));
  return { over: minutes?.over ?? 0, live: minutes?.live ?? 0 };
}

export async function countLive(db: Db): Promise<number> {
  const [row] = await db.select({ live: count() }).from(calls).where(ne(calls.state, 'closed'));
  return row?.live ?? 0;
}

/** Returns the reasons of refusals since then with their counts. Slow (a scan), for operators only. */
export async function refusedSince(db: Db, since: Date): Promise<{ reason: string; times: number }[]> {
  const reason = sql<string>`${events.payload} ->> 'reason'`;
  return db
    .select({ reason, times: count() })
    .from(events)
    .where(and(eq(events.name, 'call.refused'), gte(events.at, since)))
    .groupBy(reason)
    .orderBy(desc(count()), reason);
}

/** The facts about a number and a vendor that decide on admission. */
export interface NumberFacts {
  minutes: Minutes;
  liveCalls: number;
  liveOfVendor: number;
  agentsOfVendor: number;
  ofAgent: boolean;
  optedOut: boolean;
  consented: boolean;
  inAnotherCall: boolean;
}

/** Reads all facts in one statement, so that timing doesn't reveal the reason of a refusal. */
export async function factsFor(
  tx: Db,
  about: { phone: string; hash: Buffer; buyerId: string; vendorId: number },
  { today, consentedSince }: { today: Date; consentedSince: Date },
): Promise<NumberFacts> {
  const { phone, buyerId, vendorId } = about;
  const hash = sql`decode(${about.hash.toString('hex')}, 'hex')`;
  const isLive = sql`${calls.state} <> 'closed'`;
  const [row] = await tx.execute<Omit<NumberFacts, 'minutes'> & Pick<Minutes, 'over' | 'live'>>(sql`
    select
      minutes.over,
      minutes.live,
      (select count(*)::int from ${calls} where ${isLive}) as "liveCalls",
      (select count(*)::int from ${calls} where ${calls.vendorId} = ${vendorId} and ${isLive}) as "liveOfVendor",
      (select count(*)::int from ${agents} where ${agents.vendorId} = ${vendorId}
        and ${agents.phone} is not null and ${agents.callable}) as "agentsOfVendor",
      exists (
        -- Numbers in catalogues have any notation. Same expression as the index agents_phone.
        select from ${agents}
        where ltrim(regexp_replace(${agents.phone}, '[^0-9]', '', 'g'), '0') = ltrim(${phone}, '+')
      ) as "ofAgent",
      exists (select from ${phoneOptOuts} where ${phoneOptOuts.phoneHash} = ${hash}) as "optedOut",
      exists (
        select from ${phoneConsents}
        where ${phoneConsents.buyerId} = ${buyerId} and ${phoneConsents.phoneHash} = ${hash}
          and ${phoneConsents.at} > ${consentedSince.toISOString()}
      ) as consented,
      exists (
        select from ${calls}
        where ${calls.phone} = ${phone} and ${calls.buyerId} <> ${buyerId} and ${isLive}
      ) as "inAnotherCall"
    from (${minutesOf(today)}) as minutes`);
  if (!row) throw new Error('the database returned no facts');
  const { over, live, ...facts } = row;
  return { ...facts, minutes: { over, live } };
}

/** The number of recent numbers by which a country is judged. */
const mostNumbers = 200;

/** Limits the calls scanned for that, because all admissions wait for it. */
const mostScannedCalls = 2_000;

/**
 * Returns the numbers of this calling code that rang recently, newest first: each once, and only a few per address and
 * buyer. Without call-backs, because agents know their buyers.
 */
export async function calledNumbersSince(tx: Db, callingCode: string, since: Date): Promise<CalledNumber[]> {
  return tx.execute<CalledNumber & Record<string, unknown>>(sql`
    select phone, answered from (
      select n.*,
        row_number() over (partition by coalesce(address_hash, buyer_id::text::bytea)
          order by requested_at desc) as of_address,
        row_number() over (partition by buyer_id order by requested_at desc) as of_buyer
      from (
        select distinct on (phone) phone, answered, address_hash, buyer_id, requested_at
        from (
          select phone, outcome = 'completed' as answered, address_hash, buyer_id, requested_at
          from calls
          where requested_at >= ${since.toISOString()} and phone like ${`+${callingCode}%`}
            and call_back_id is null
            and (outcome = 'completed' or outcome in ('visitor_no_answer', 'visitor_unconfirmed',
              'visitor_busy', 'visitor_failed', 'visitor_declined'))
          order by requested_at desc limit ${mostScannedCalls}) as latest
        order by phone, answered desc, requested_at desc) as n) as counted
    where of_address <= ${mostCountedPerSource} and of_buyer <= ${mostCountedPerSource}
    order by requested_at desc limit ${mostNumbers}`);
}

/** A closure of a country. */
export interface Closing {
  at: Date;
  until: Date;
}

/** Returns a country's closures since then, latest first. */
export function closingsSince(db: Db, country: string, since: Date): Promise<Closing[]> {
  const { at, until } = countryClosings;
  return db
    .select({ at, until })
    .from(countryClosings)
    .where(and(eq(countryClosings.country, country), gte(at, since)))
    .orderBy(desc(at));
}

export async function addClosing(tx: Db, closing: Closing & { country: string }): Promise<void> {
  await tx.insert(countryClosings).values(closing);
}

/** Ends a country's current closure. Returns whether there was one. */
export async function endClosing(tx: Db, country: string, now: Date): Promise<boolean> {
  const ended = await tx
    .update(countryClosings)
    .set({ until: now })
    .where(and(eq(countryClosings.country, country), gt(countryClosings.until, now)))
    .returning({ id: countryClosings.id });
  return ended.length > 0;
}

/** Returns the countries that are closed, sorted by code. */
export function closedCountries(db: Db, now: Date): Promise<{ country: string; until: Date }[]> {
  const { country, until } = countryClosings;
  return db.select({ country, until }).from(countryClosings).where(gt(until, now)).orderBy(country);
}

/** Inserts an opt-out and deletes the number's consents. Returns whether it was new. */
export async function addOptOut(tx: Db, hash: Buffer, now: Date): Promise<boolean> {
  const added = await tx
    .insert(phoneOptOuts)
    .values({ phoneHash: hash, at: now })
    .onConflictDoNothing()
    .returning({ at: phoneOptOuts.at });
  if (added.length === 0) return false;
  await tx.delete(phoneConsents).where(eq(phoneConsents.phoneHash, hash));
  return true;
}

export async function isOptedOut(db: Db, hash: Buffer): Promise<boolean> {
  const found = await db
    .select({ at: phoneOptOuts.at })
    .from(phoneOptOuts)
    .where(eq(phoneOptOuts.phoneHash, hash));
  return found.length > 0;
}

/** Deletes an opt-out. Returns whether there was one. */
export async function removeOptOut(tx: Db, hash: Buffer): Promise<boolean> {
  const removed = await tx
    .delete(phoneOptOuts)
    .where(eq(phoneOptOuts.phoneHash, hash))
    .returning({ at: phoneOptOuts.at });
  return removed.length > 0;
}

export async function addConsent(tx: Db, buyerId: string, hash: Buffer, now: Date): Promise<void> {
  await tx
    .insert(phoneConsents)
    .values({ buyerId, phoneHash: hash, at: now })
    .onConflictDoUpdate({ target: [phoneConsents.buyerId, phoneConsents.phoneHash], set: { at: now } });
}

/** Deletes up to `limit` of the oldest consents given before then, skipping locked ones. Returns their number. */
export async function deleteConsents(db: Db, before: Date, limit: number): Promise<number> {
  const deleted = await db.execute(sql`
    delete from phone_consents
    where (buyer_id, phone_hash) in (select buyer_id, phone_hash from phone_consents
      where at < ${before.toISOString()}
      order by at limit ${limit} for update skip locked)
    returning 1`);
  return deleted.length;
}
