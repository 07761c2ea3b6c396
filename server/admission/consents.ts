import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import { numberOptedOut, phoneAllowed, phoneOptedOut } from './events.ts';
import * as queries from './queries.ts';
import { consentDays, masked, phoneHash, readNumber } from './rules.ts';

/** Consents and opt-outs keep numbers as keyed hashes only. */
type Keyed = { config: Pick<Context['config'], 'secretKey'> };

/** Records that somebody at this number agreed, on the phone, to calls of this buyer: no prompt for 90 days. */
export async function recordConsent(
  tx: Db,
  { config }: Keyed,
  buyerId: string,
  phone: string,
  now: Date,
): Promise<void> {
  await queries.addConsent(tx, buyerId, phoneHash(config.secretKey, phone), now);
}

const forgottenAtOnce = 500;

/** Deletes consents that no longer count, in small transactions. */
export async function forgetConsents({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const before = new Date(clock.now().getTime() - consentDays * 86_400_000);
  while ((await queries.deleteConsents(db, before, forgottenAtOnce)) === forgottenAtOnce);
}

/**
 * Opts a number out of all calls. Deletes the consents of its holders, so that they are asked again should it ever be
 * allowed again. Returns whether it was new.
 */
export async function optOut(
  tx: Db,
  { config, hooks }: Keyed & Pick<Context, 'hooks'>,
  phone: string,
  now: Date,
): Promise<boolean> {
  const isNew = await queries.addOptOut(tx, phoneHash(config.secretKey, phone), now);
  if (!isNew) return false;
  await hooks.run(tx, numberOptedOut, { phone, at: now });
  await record(tx, [phoneOptedOut({ actor: 'system', at: now, payload: { number: maskedText(phone) } })]);
  return true;
}

/** Returns whether the number has opted out. Checked again right before it rings. */
export const isOptedOut = (db: Db, { config }: Keyed, phone: string): Promise<boolean> =>
  queries.isOptedOut(db, phoneHash(config.secretKey, phone));

/** Removes an opt-out, at the holder's wish. Returns whether there was one. */
export async function optIn(tx: Db, { config }: Keyed, phone: string, now: Date): Promise<boolean> {
  const wasOut = await queries.removeOptOut(tx, phoneHash(config.secretKey, phone));
  const payload = { number: maskedText(phone) };
  if (wasOut) await record(tx, [phoneAllowed({ actor: 'system', at: now, payload })]);
  return wasOut;
}

function maskedText(phone: string): string {
  const number = readNumber(phone);
  return number ? masked(number) : '';
}
