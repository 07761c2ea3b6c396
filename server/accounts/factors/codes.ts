import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { hasFactor } from '#server/platform/auth/second-factor.ts';
import type { Refusal } from '#server/platform/errors.ts';
import { countOrRefuse, uncount } from '#server/platform/limits.ts';
import type { StoredAccount } from '../queries.ts';
import { refuse, titleOf } from '../refusals.ts';
import { mailFactorChange } from './mails.ts';
import * as queries from './queries.ts';
import { newRecoveryCodes, readCode, stepOf } from './rules.ts';

type Tools = Pick<Context, 'config' | 'jobs' | 'clock' | 'secrets'>;

export const secretContext = (accountId: string): string => `totp of ${accountId}`;
const recoveryContext = (accountId: string): string => `recovery code of ${accountId}`;

/** Three of a million codes are right at a time, so fifty tries a day find one with a chance of 1 to 6,700. */
const perQuarterHour = { max: 10, windowSeconds: 900 };
const perDay = { max: 50, windowSeconds: 86_400 };

/**
 * Counts a try of a code, by account. Browsers that were logged in before count by themselves, so that nobody who has the
 * password locks the owner out. Returns what undoes the count of a right one. Refuses `too_many`.
 */
export async function countCode(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { id }: { id: string },
  isKnown: boolean,
): Promise<() => Promise<void>> {
  const now = clock.now();
  const limits = [perQuarterHour, perDay].map((limit) => ({
    ...limit,
    key: `code:${isKnown ? 'known' : 'any'}:${limit.windowSeconds}:${id}`,
  }));
  for (const limit of limits) await countOrRefuse(db, limit.key, limit, now);
  return async () => {
    for (const { key, windowSeconds } of limits) await uncount(db, key, windowSeconds, now);
  };
}

/** Refuses `second_factor_required`, naming a wrong code, unless the account needs none or this is one, used up by it. */
export async function requireCode(
  tx: Db,
  ctx: Tools,
  account: StoredAccount,
  typed: string | undefined,
): Promise<void> {
  if (!(await hasFactor(tx, account.id))) return;
  if (typed === undefined) throw refuse('second_factor_required');
  if (!(await useCode(tx, ctx, account, typed))) throw refuseWrongCode('second_factor_required');
}

/** Refuses a code at its field. */
export const refuseWrongCode = (code: 'second_factor_required' | 'wrong_code'): Refusal =>
  refuse(code, { errors: [{ path: 'code', code: 'wrong_code', message: titleOf('wrong_code') }] });

/** Uses up a code. Returns false if it is wrong or was used before. Mails the owner that a recovery code was used. */
async function useCode(tx: Db, ctx: Tools, account: StoredAccount, typed: string): Promise<boolean> {
  const { id } = account;
  const code = readCode(typed);
  if (code?.kind === 'totp') {
    const factor = await queries.findTotp(tx, id);
    const step = factor?.confirmedAt ? stepOfFactor(ctx, factor, code.code) : null;
    return step !== null && queries.takeStep(tx, id, step);
  }
  const hash = code && ctx.secrets.hash(code.code, recoveryContext(id));
  if (!hash || !(await queries.takeRecoveryCode(tx, id, hash, ctx.clock.now()))) return false;
  const left = await queries.countRecoveryCodes(tx, id);
  await mailFactorChange(tx, ctx, account, { what: 'recoveryCodeUsed', left });
  return true;
}

/** Returns the time step whose code of the account's app this is; null: it is wrong. */
export function stepOfFactor(
  { secrets, clock }: Pick<Context, 'secrets' | 'clock'>,
  { accountId, sealedSecret }: queries.TotpFactor,
  code: string,
): number | null {
  const secret = secrets.open(sealedSecret, secretContext(accountId));
  return secret && stepOf(secret, code, clock.now());
}

/** Gives the account a new set of recovery codes and returns it: only hashes are stored. */
export async function renewCodes(
  tx: Db,
  { secrets }: Pick<Context, 'secrets'>,
  accountId: string,
): Promise<string[]> {
  const codes = newRecoveryCodes();
  const hashes = codes.map((code) => secrets.hash(code.replaceAll('-', ''), recoveryContext(accountId)));
  await queries.replaceRecoveryCodes(tx, accountId, hashes);
  return codes;
}
