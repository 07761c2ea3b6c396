import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { CallingConfig } from '#server/platform/config.ts';
import { Refusal } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { transactionInTurn } from '#server/platform/turns.ts';
import * as countries from './countries.ts';
import { callRefused } from './events.ts';
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
import { budgetFor, budgetSpent, startOfDay } from './spending.ts';
import { isStopped, stopCalling } from './switch.ts';

export { agentsNotCallable, callableNumber, checkAgentNumbers } from './agent-numbers.ts';
export { forgetConsents, isOptedOut, optIn, optOut, recordConsent } from './consents.ts';
export { openCountry } from './countries.ts';
export { isStoppedBy } from './spending.ts';
export { callingStatus, isStopped, resumeCalling, resumeCallingNextDay, stopCalling } from './switch.ts';

/** `call`: a buyer starts a call. `ask_back`: a buyer requests a call-back. `call_back`: an agent makes it. */
export type Purpose = 'call' | 'ask_back' | 'call_back';

export interface Attempt {
  purpose: Purpose;
  /** E.164, as `parsePhone` returns it. */
  phone: string;
  /** The client's address, as limits count it; null when an agent calls back. */
  address: string | null;
  buyerId: string;
  vendorId: number;
}

type AdmissionContext = Pick<Context, 'config' | 'clock' | 'db' | 'turns' | 'log'>;

/** Parses what a person typed into E.164. Refuses `phone_not_valid` unless it is a whole number with its country prefix. */
export function parsePhone(text: string): string {
  const number = readNumber(text);
  if (!number) throw refuseField('phone', 'phone_not_valid');
  return number.number;
}

export interface Admission {
  /** Somebody at this number consented to calls of this buyer: no consent prompt. */
  confirmed: boolean;
  /** The client's address as calls keep it. */
  addressHash: Buffer | null;
}

/** The turn of `transactionInTurn` for what takes the admission lock. */
const turn = 'admission';

/**
 * Runs a transaction that holds the admission lock and may admit the attempt. If it fails once `admit` was called, the
 * attempt still counts against its address, and the reason of a refusal is recorded.
 */
export async function withAdmission<T>(
  ctx: AdmissionContext,
  attempt: Attempt,
  run: (tx: Db, admit: () => Promise<Admission>) => Promise<T>,
): Promise<T> {
  const now = ctx.clock.now();
  let isAttempted = false;
  try {
    return await transactionInTurn(ctx, turn, async (tx) => {
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
 * Admits an attempt or refuses it: `too_many` for the address, `calling_off` when calls are off, stopped, or all lines
 * taken, `nobody_free` when the vendor has as many calls as agents, and `call_not_possible` for anything about the number.
 */
async function admit(tx: Db, ctx: AdmissionContext, attempt: Attempt, now: Date): Promise<Admission> {
  const { calling, twilio, secretKey } = ctx.config;
  await countAddress(tx, ctx, attempt, now);
  const number = readNumber(attempt.phone);
  if (!number) throw refuseField('phone', 'phone_not_valid');
  if (!twilio) throw new NotAdmitted('off', 'calling_off');
  const isCall = attempt.purpose !== 'ask_back';
  if (isCall && (await isStopped(tx, now))) throw new NotAdmitted('stopped', 'calling_off');
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
  NumberFault | 'off' | 'stopped' | 'budget_spent' | 'budget_full' | 'lines_taken' | 'vendor_full';

/** A refusal whose reason is recorded but not shown. */
class NotAdmitted extends Refusal {
  readonly reason: Reason;

  constructor(reason: Reason, code: AdmissionRefusal, field?: string) {
    const { status, title, errors } = field === undefined ? refuse(code) : refuseField(field, code);
    super(code, [status, title], { errors });
    this.reason = reason;
  }
}

/** Returns the one refusal for anything about a number, so that it doesn't show what. */
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

/** Reads the same whatever the number and the answers, so that timing shows nothing. */
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

function requireRoom(
  facts: queries.Facts,
  { config: { calling } }: AdmissionContext,
  purpose: Purpose,
): void {
  const budget = budgetFor(facts.minutes, calling);
  if (budget === 'spent') throw new NotAdmitted('budget_spent', 'calling_off');
  if (budget === 'full') throw new NotAdmitted('budget_full', 'calling_off');
  if (facts.liveCalls >= calling.atOnce) throw new NotAdmitted('lines_taken', 'calling_off');
  // An agent who calls back is surely there.
  if (purpose === 'call' && facts.liveOfVendor >= facts.agentsOfVendor)
    throw new NotAdmitted('vendor_full', 'nobody_free');
}

/** Counts a new call-back for this number, once admitted. Refuses `call_not_possible` past the limit. */
export function countCallBack(tx: Db, ctx: AdmissionContext, phone: string, now: Date): Promise<void> {
  return countNumber(tx, ctx, 'ask_back', phoneHash(ctx.config.secretKey, phone), now);
}

/** Counts admitted attempts only, so that failed ones don't use up a number. Each purpose has its own count. */
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

/** Does again what the rollback undid: counts the attempt against its address. Records why it was refused. */
async function recordFailure(
  ctx: AdmissionContext,
  attempt: Attempt,
  error: unknown,
  now: Date,
): Promise<void> {
  await countAddress(ctx.db, ctx, attempt, now).catch((counted: unknown) => {
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
    await transactionInTurn(ctx, turn, (tx) => stopCalling(tx, budgetSpent, now));
  if (reason === 'country_unanswered' && number?.country) await closeCountry(ctx, number.country, now);
}

async function closeCountry(ctx: AdmissionContext, country: string, now: Date): Promise<void> {
  const until = await transactionInTurn(ctx, turn, (tx) => countries.closeCountry(tx, country, now));
  if (until) ctx.log.warn({ country, until }, 'country closed: too few answer');
}
