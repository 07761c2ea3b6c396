import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { CallingConfig } from '#server/platform/config.ts';
import { Refusal } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { transactionInTurn } from '#server/platform/turns.ts';
import { hasLiveWorker } from '#server/platform/workers.ts';
import { callRefused } from './events.ts';
import * as queries from './queries.ts';
import { type AdmissionRefusal, refuse, refuseField } from './refusals.ts';
import {
  addressHash,
  budgetFor,
  budgetSpent,
  consentDays,
  faultOf,
  isUnanswered,
  countedSince,
  masked,
  type NumberFault,
  phoneHash,
  readNumber,
  startOfDay,
} from './rules.ts';
import { closeCountry, closingsOf, isStopped, stopCalling } from './switch.ts';

export { agentsNotCallable, callableNumber, checkAgentNumbers } from './agent-numbers.ts';
export { forgetConsents, isOptedOut, optIn, optOut, recordConsent } from './consents.ts';
export { isStoppedBy } from './rules.ts';
export {
  callingStatus,
  isStopped,
  openCountry,
  resumeCalling,
  resumeCallingNextDay,
  stopCalling,
} from './switch.ts';

/** `call`: a buyer starts a call. `ask_back`: a buyer requests a call-back. `call_back`: an agent calls back. */
export type Purpose = 'call' | 'ask_back' | 'call_back';

export interface Attempt {
  purpose: Purpose;
  /** E.164, by `parsePhone`. */
  phone: string;
  /** The client's address, which limits count; null if an agent calls back. */
  address: string | null;
  buyerId: string;
  vendorId: number;
}

type AdmissionContext = Pick<Context, 'config' | 'clock' | 'db' | 'turns' | 'log'>;

/** Parses a typed number into E.164. Refuses `phone_not_valid` unless it is complete, with country prefix. */
export function parsePhone(text: string): string {
  const number = readNumber(text);
  if (!number) throw refuseField('phone', 'phone_not_valid');
  return number.number;
}

export interface Admission {
  /** The number has consented to calls of this buyer, so no prompt is needed. */
  confirmed: boolean;
  /** The client's address as stored with calls. */
  addressHash: Buffer | null;
}

/** The key of `transactionInTurn` for transactions that take the admission lock. */
const admissionTurn = 'admission';

/**
 * Runs a transaction that holds the admission lock and may call `admit`. If it fails after that, the attempt is still
 * counted per address and the reason of a refusal is recorded.
 */
export async function withAdmission<T>(
  ctx: AdmissionContext,
  attempt: Attempt,
  run: (tx: Db, admit: () => Promise<Admission>) => Promise<T>,
): Promise<T> {
  const now = ctx.clock.now();
  let isAttempted = false;
  try {
    return await transactionInTurn(ctx, admissionTurn, async (tx) => {
      await queries.lockAdmission(tx);
      return run(tx, () => {
        isAttempted = true;
        return admit(tx, ctx, attempt, now);
      });
    });
  } catch (error) {
    if (isAttempted) await recordFailure(ctx, attempt, error, now);
    throw error;
  }
}

/**
 * Admits an attempt. Refuses `too_many` per address, `calling_off` if calls are off, stopped or at their limit, or no
 * worker lives to make them,
 * `nobody_free` if the vendor's agents are all in calls, and `call_not_possible` for all reasons about the number.
 */
async function admit(tx: Db, ctx: AdmissionContext, attempt: Attempt, now: Date): Promise<Admission> {
  const { calling, twilio, secretKey } = ctx.config;
  await countAddress(tx, ctx, attempt, now);
  const number = readNumber(attempt.phone);
  if (!number) throw refuseField('phone', 'phone_not_valid');
  if (!twilio) throw new NotAdmitted('off', 'calling_off');
  const isCall = attempt.purpose !== 'ask_back';
  if (isCall && (await isStopped(tx, now))) throw new NotAdmitted('stopped', 'calling_off');
  // It would ring only when one comes back, after the buyer has left.
  if (isCall && !(await hasLiveWorker(tx))) throw new NotAdmitted('no_worker', 'calling_off');
  const hash = phoneHash(secretKey, attempt.phone);
  const today = startOfDay(now);
  const consentedSince = new Date(now.getTime() - consentDays * daySeconds * 1000);
  const facts = await queries.factsFor(tx, { ...attempt, hash }, { today, consentedSince });
  const country = await countryFault(tx, number, calling, now);
  const fault =
    faultOf(number, calling) ?? holderFault(facts, attempt.phone === twilio.from, isCall) ?? country;
  if (fault) throw refuseNumber(fault);
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

type Reason =
  | NumberFault
  | 'off'
  | 'stopped'
  | 'no_worker'
  | 'budget_spent'
  | 'budget_full'
  | 'lines_taken'
  | 'vendor_full';

/** A refusal whose reason is recorded but hidden from the buyer. */
class NotAdmitted extends Refusal {
  readonly reason: Reason;

  constructor(reason: Reason, code: AdmissionRefusal, field?: string) {
    const { status, title, errors } = field === undefined ? refuse(code) : refuseField(field, code);
    super(code, [status, title], { errors });
    this.reason = reason;
  }
}

/** Returns the same refusal for all reasons about a number, so that the lists can't be probed. */
export function refuseNumber(reason: NumberFault): Refusal {
  return new NotAdmitted(reason, 'call_not_possible', 'phone');
}

const tenMinutesSeconds = 600;
const daySeconds = 86_400;

async function countAddress(
  db: Db,
  { config }: AdmissionContext,
  { address }: Attempt,
  now: Date,
): Promise<void> {
  if (address !== null) await countTwice(db, `call:address:${address}`, config.calling.perAddress, now);
}

async function countTwice(
  db: Db,
  key: string,
  limit: { tenMinutes: number; day: number },
  now: Date,
): Promise<void> {
  await countOrRefuse(db, `${key}:600`, { max: limit.tenMinutes, windowSeconds: tenMinutesSeconds }, now);
  await countOrRefuse(db, `${key}:day`, { max: limit.day, windowSeconds: daySeconds }, now);
}

/** Runs the same statements for every number, so that timing reveals nothing. */
async function countryFault(
  tx: Db,
  { country, countryCallingCode }: NonNullable<ReturnType<typeof readNumber>>,
  { unanswered }: CallingConfig,
  now: Date,
): Promise<NumberFault | null> {
  const closings = await closingsOf(tx, country, now);
  const called = await queries.calledNumbersSince(tx, countryCallingCode, countedSince(closings, now));
  if (closings[0] && closings[0].until > now) return 'country_closed';
  return isUnanswered(country, called, unanswered) ? 'country_unanswered' : null;
}

function holderFault(facts: queries.NumberFacts, isOwn: boolean, isCall: boolean): NumberFault | null {
  if (isOwn) return 'own';
  if (facts.ofAgent) return 'agent';
  if (facts.optedOut) return 'opted_out';
  return isCall && facts.inAnotherCall ? 'in_another_call' : null;
}

function requireRoom(
  facts: queries.NumberFacts,
  { config: { calling } }: AdmissionContext,
  purpose: Purpose,
): void {
  const budget = budgetFor(facts.minutes, calling);
  if (budget === 'spent') throw new NotAdmitted('budget_spent', 'calling_off');
  if (budget === 'full') throw new NotAdmitted('budget_full', 'calling_off');
  if (facts.liveCalls >= calling.atOnce) throw new NotAdmitted('lines_taken', 'calling_off');
  // An agent who calls back is available.
  if (purpose === 'call' && facts.liveOfVendor >= facts.agentsOfVendor)
    throw new NotAdmitted('vendor_full', 'nobody_free');
}

/** Counts a new call-back for this number, after admission. Refuses `call_not_possible` past the limit. */
export function countCallBack(tx: Db, ctx: AdmissionContext, phone: string, now: Date): Promise<void> {
  return countNumber(tx, ctx, 'ask_back', phoneHash(ctx.config.secretKey, phone), now);
}

/** Counts admitted attempts per number and purpose, so that refused ones don't use up the limit. */
async function countNumber(
  tx: Db,
  ctx: AdmissionContext,
  purpose: Purpose,
  hash: Buffer,
  now: Date,
): Promise<void> {
  const key = `${purpose}:number:${hash.toString('base64url')}`;
  try {
    await countTwice(tx, key, ctx.config.calling.perNumber, now);
  } catch (error) {
    throw error instanceof Refusal ? refuseNumber('number_limit') : error;
  }
}

/** Counts the attempt per address again, after the rollback. Records the reason of the refusal. */
async function recordFailure(
  ctx: AdmissionContext,
  attempt: Attempt,
  error: unknown,
  now: Date,
): Promise<void> {
  await ctx.db
    .transaction((tx) => countAddress(tx, ctx, attempt, now))
    .catch((counted: unknown) => {
      if (!(counted instanceof Refusal)) throw counted;
    });
  if (!(error instanceof NotAdmitted)) return;
  const { reason } = error;
  const number = readNumber(attempt.phone);
  const payload = {
    reason,
    purpose: attempt.purpose,
    number: number ? masked(number) : '',
    country: number?.country ?? null,
    vendorId: attempt.vendorId,
  };
  ctx.log.warn(payload, 'call refused');
  await record(ctx.db, [callRefused({ actor: `buyer:${attempt.buyerId}`, at: now, payload })]);
  if (reason === 'budget_spent')
    await transactionInTurn(ctx, admissionTurn, (tx) => stopCalling(tx, budgetSpent, now));
  const country = reason === 'country_unanswered' ? number?.country : undefined;
  if (country === undefined) return;
  const until = await transactionInTurn(ctx, admissionTurn, (tx) => closeCountry(tx, country, now));
  if (until) ctx.log.warn({ country, until }, 'country closed: too few answer');
}
