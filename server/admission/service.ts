import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { CallingConfig } from '#server/platform/config.ts';
import { Refusal } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { transactionInTurn } from '#server/platform/turns.ts';
import * as countries from './countries.ts';
import { callingResumed, callingStopped, callRefused } from './events.ts';
import * as queries from './queries.ts';
import { type AdmissionRefusal, refuse, refuseField } from './refusals.ts';
import {
  addressHash,
  consentDays,
  faultOf,
  isUnanswered,
  judgedSince,
  masked,
  type NumberFault,
  phoneHash,
  readNumber,
} from './rules.ts';
import { budgetFor, budgetSpent, costOf, isStoppedBy, startOfDay } from './spending.ts';

export { agentsNotCallable, callableNumber, checkAgentNumbers } from './agent-numbers.ts';
export { openCountry } from './countries.ts';
export { isStoppedBy } from './spending.ts';
export { forgetConsents, isOptedOut, optIn, optOut, recordConsent } from './consents.ts';

/**
 * `call`: a visitor wants to be called now. `ask_back`: it asks to be called later. `call_back`: an agent works that off.
 */
export type Purpose = 'call' | 'ask_back' | 'call_back';

export interface Attempt {
  purpose: Purpose;
  /** E.164, as `parsePhone` returns it. */
  phone: string;
  /** Who connects, as limits count (`clientAddress`); null when an agent calls back. */
  address: string | null;
  buyerId: string;
  vendorId: number;
}

type Caller = Pick<Context, 'config' | 'clock' | 'db' | 'turns' | 'log'>;

/** Admissions wait for one lock. */
const turn = 'admission';

/** What a person typed as E.164; `phone_not_valid` for what can't be read as a whole number with its country prefix. */
export function parsePhone(text: string): string {
  const number = readNumber(text);
  if (!number) throw refuseField('phone', 'phone_not_valid');
  return number.number;
}

/** `confirmed`: somebody at this number agreed to be called from this browser, no consent prompt. */
export interface Admission {
  confirmed: boolean;
  /** The address behind it as calls keep it. */
  addressHash: Buffer | null;
}

/**
 * Runs `start` in a transaction in which this number may be called. Refuses before that, and counts and records the
 * refusal: `too_many` for the address, `calling_off` when calls are off, stopped, or all lines taken, `nobody_free` when
 * the vendor has as many calls as agents, and `call_not_possible`, one answer for whatever else speaks against the number.
 */
export async function admitted<T>(
  ctx: Caller,
  attempt: Attempt,
  start: (tx: Db, admission: Admission) => Promise<T>,
): Promise<T> {
  const now = ctx.clock.now();
  if (attempt.address !== null) await countAddress(ctx, attempt.address, now);
  try {
    return await transactionInTurn(ctx, turn, async (tx) => start(tx, await admit(tx, ctx, attempt, now)));
  } catch (error) {
    if (error instanceof NotAdmitted) await remember(ctx, attempt, error.reason, now);
    throw error;
  }
}

type Reason =
  NumberFault | 'off' | 'stopped' | 'budget_spent' | 'budget_full' | 'lines_taken' | 'vendor_full';

/** A refusal that says no more than its code, though we know why. */
class NotAdmitted extends Refusal {
  readonly reason: Reason;

  constructor(reason: Reason, code: AdmissionRefusal, field?: string) {
    const { status, title, errors } = field === undefined ? refuse(code) : refuseField(field, code);
    super(code, [status, title], { errors });
    this.reason = reason;
  }
}

/** The one answer to whatever speaks against a number: `throw numbers.notPossible('in_another_call')`. */
export function notPossible(reason: NumberFault): Refusal {
  return new NotAdmitted(reason, 'call_not_possible', 'phone');
}

const tenMinutes = 600;
const day = 86_400;

async function countAddress({ db, config }: Caller, address: string, now: Date): Promise<void> {
  const { perAddress } = config.calling;
  await countTwice(db, `call:address:${address}`, perAddress, now);
}

async function countTwice(
  db: Db,
  key: string,
  limit: { tenMinutes: number; day: number },
  now: Date,
): Promise<void> {
  await countOrRefuse(db, `${key}:600`, { max: limit.tenMinutes, windowSeconds: tenMinutes }, now);
  await countOrRefuse(db, `${key}:day`, { max: limit.day, windowSeconds: day }, now);
}

async function admit(tx: Db, ctx: Caller, attempt: Attempt, now: Date): Promise<Admission> {
  const { calling, twilio, secretKey } = ctx.config;
  const number = readNumber(attempt.phone);
  if (!number) throw refuseField('phone', 'phone_not_valid');
  if (!twilio) throw new NotAdmitted('off', 'calling_off');
  await queries.lockAdmission(tx);
  const isCall = attempt.purpose !== 'ask_back';
  if (isCall && (await isStopped(tx, now))) throw new NotAdmitted('stopped', 'calling_off');
  const hash = phoneHash(secretKey, attempt.phone);
  const today = startOfDay(now);
  const consentedSince = new Date(now.getTime() - consentDays * day * 1000);
  const facts = await queries.factsFor(tx, { ...attempt, hash }, { today, consentedSince });
  const country = await countryFault(tx, number, calling, now);
  const fault =
    faultOf(number, calling) ?? holderFault(facts, attempt.phone === twilio.from, isCall) ?? country;
  if (fault) throw notPossible(fault);
  if (isCall) {
    requireRoom(facts, ctx, attempt.purpose);
    await countNumber(tx, ctx, attempt.purpose, hash, now);
  }
  const { address } = attempt;
  return {
    confirmed: facts.consented,
    addressHash: address === null ? null : addressHash(secretKey, address),
  };
}

/** Two statements, whatever the number and the answers. */
async function countryFault(
  tx: Db,
  { country, countryCallingCode }: NonNullable<ReturnType<typeof readNumber>>,
  { unanswered }: CallingConfig,
  now: Date,
): Promise<NumberFault | null> {
  const closings = await countries.closingsOf(tx, country, now);
  const reached = await queries.reachedSince(tx, countryCallingCode, judgedSince(closings, now));
  if (closings[0] && closings[0].until > now) return 'country_closed';
  return isUnanswered(country, reached, unanswered) ? 'country_unanswered' : null;
}

function holderFault(facts: queries.Facts, isOwn: boolean, isCall: boolean): NumberFault | null {
  if (isOwn) return 'own';
  if (facts.ofAgent) return 'agent';
  if (facts.optedOut) return 'opted_out';
  return isCall && facts.inAnotherCall ? 'in_another_call' : null;
}

function requireRoom(facts: queries.Facts, { config: { calling } }: Caller, purpose: Purpose): void {
  const budget = budgetFor(facts.minutes, calling);
  if (budget === 'spent') throw new NotAdmitted('budget_spent', 'calling_off');
  if (budget === 'full') throw new NotAdmitted('budget_full', 'calling_off');
  if (facts.liveCalls >= calling.atOnce) throw new NotAdmitted('lines_taken', 'calling_off');
  // An agent who calls back is surely there.
  if (purpose === 'call' && facts.liveOfVendor >= facts.agentsOfVendor)
    throw new NotAdmitted('vendor_full', 'nobody_free');
}

/** Counts one more call back asked for this number: `call_not_possible` when there were enough. In `admitted`. */
export function countAskedBack(tx: Db, ctx: Caller, phone: string, now: Date): Promise<void> {
  return countNumber(tx, ctx, 'ask_back', phoneHash(ctx.config.secretKey, phone), now);
}

/** Counts what goes on to call, so that a number isn't used up by nobody's being free. Each purpose has a count of its own. */
async function countNumber(tx: Db, ctx: Caller, purpose: Purpose, hash: Buffer, now: Date): Promise<void> {
  const key = `${purpose}:number:${hash.toString('base64url')}`;
  try {
    await countTwice(tx, key, ctx.config.calling.perNumber, now);
  } catch (error) {
    throw error instanceof Refusal ? notPossible('number_limit') : error;
  }
}

/** Outside the transaction that was refused, which is gone. */
async function remember(ctx: Caller, attempt: Attempt, reason: Reason, now: Date): Promise<void> {
  const number = readNumber(attempt.phone);
  const payload = {
    reason,
    purpose: attempt.purpose,
    number: number ? masked(number) : '',
    country: number?.country ?? null,
    vendorId: attempt.vendorId,
  };
  ctx.log.warn(payload, 'call refused');
  const actor = `buyer:${attempt.buyerId}`;
  await transactionInTurn(ctx, turn, async (tx) => {
    await record(tx, [callRefused({ actor, at: now, payload })]);
    if (reason === 'budget_spent') await stopCalling(tx, budgetSpent, now);
  });
  if (reason === 'country_unanswered' && number?.country) await closeCountry(ctx, number.country, now);
}

async function closeCountry(ctx: Caller, country: string, now: Date): Promise<void> {
  const until = await transactionInTurn(ctx, turn, (tx) => countries.closeCountry(tx, country, now));
  if (until)
    ctx.log.warn({ country, until }, 'too few answer in this country: it is called no more for a while');
}

/** Whether no call may begin: by hand until resumed by hand, or for the rest of the day (UTC) once its budget is spent. */
export async function isStopped(db: Db, now: Date): Promise<boolean> {
  return isStoppedBy(await queries.lastSwitch(db), now);
}

/** How calls stand, for the person who runs the service. `cost` in 1/10000 of the account's currency. */
export interface CallingStatus {
  stoppedFor: string | null;
  stoppedAt: Date | null;
  live: number;
  minutesToday: number;
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

/** No call begins any more; those that run go on. Does nothing while they are stopped for the same reason. */
export async function stopCalling(tx: Db, reason: string, now: Date): Promise<void> {
  await queries.lockAdmission(tx);
  const last = await queries.lastSwitch(tx);
  if (last?.reason === reason && isStoppedBy(last, now)) return;
  // What a person stopped is not for the budget to let go again the next day.
  if (reason === budgetSpent && isStoppedBy(last, now)) return;
  await queries.addSwitch(tx, { stopped: true, reason, at: now });
  await record(tx, [callingStopped({ actor: 'system', at: now, payload: { reason } })]);
}

/** Calls may begin again, whyever they were stopped. */
export async function resumeCalling(tx: Db, now: Date, why = 'by hand'): Promise<void> {
  await queries.lockAdmission(tx);
  const last = await queries.lastSwitch(tx);
  if (!last?.stopped) return;
  await queries.addSwitch(tx, { stopped: false, reason: why, at: now });
  await record(tx, [callingResumed({ actor: 'system', at: now, payload: { reason: why } })]);
}

/** A stop for the budget of another day ends, for all who only look at the last switch. */
export async function resumeCallingNextDay({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const now = clock.now();
  await db.transaction(async (tx) => {
    const last = await queries.lastSwitch(tx);
    if (last?.stopped && !isStoppedBy(last, now)) await resumeCalling(tx, now, 'a new day');
  });
}
