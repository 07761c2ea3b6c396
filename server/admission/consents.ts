import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import { type Forgetting, noteForgotten } from '#server/platform/forgetting.ts';
import { numberOptedOut, phoneAllowed, phoneOptedOut } from './events.ts';
import * as queries from './queries.ts';
import { consentDays, masked, phoneHash, readNumber } from './rules.ts';

/** Numbers are stored only as keyed hashes. */
type HashContext = { config: Pick<Context['config'], 'secretKey'> };

/** Records the consent at this number to calls of this buyer, which skips the prompt for 90 days. */
export async function recordConsent(
  tx: Db,
  { config }: HashContext,
  buyerId: string,
  phone: string,
  now: Date,
): Promise<void> {
  await queries.addConsent(tx, buyerId, phoneHash(config.secretKey, phone), now);
}

const rowsAtOnce = 500;

/** Deletes expired consents, in small transactions. */
export async function forgetConsents({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const before = new Date(clock.now().getTime() - consentDays * 86_400_000);
  while ((await db.transaction((tx) => forgetSome(tx, before))) === rowsAtOnce);
}

async function forgetSome(tx: Db, before: Date): Promise<number> {
  const forgotten = await queries.deleteConsents(tx, before, rowsAtOnce);
  if (forgotten > 0) await noteForgotten(tx, forgetConsentsAgain.kind, before.toISOString());
  return forgotten;
}

export const forgetConsentsAgain: Forgetting = {
  kind: 'consents',
  async again(tx, before) {
    while ((await queries.deleteConsents(tx, new Date(before), rowsAtOnce)) === rowsAtOnce);
  },
};

/** Opts a number out of all calls and deletes its consents. Returns false if it had opted out before. */
export async function optOut(
  tx: Db,
  { config, hooks }: HashContext & Pick<Context, 'hooks'>,
  phone: string,
  now: Date,
): Promise<boolean> {
  const isNew = await queries.addOptOut(tx, phoneHash(config.secretKey, phone), now);
  if (!isNew) return false;
  await noteForgotten(tx, optOutAgain.kind, phoneHash(config.secretKey, phone).toString('hex'));
  await hooks.run(tx, numberOptedOut, { phone, at: now });
  await record(tx, [phoneOptedOut({ actor: 'system', at: now, payload: { number: maskedText(phone) } })]);
  return true;
}

/** Who asked never to be called again must not be called after a restore, either. */
export const optOutAgain: Forgetting = {
  kind: 'opted-out numbers',
  again: async (tx, hash) => void (await queries.addOptOut(tx, Buffer.from(hash, 'hex'), new Date())),
};

/** Returns whether the number has opted out. */
export const isOptedOut = (db: Db, { config }: HashContext, phone: string): Promise<boolean> =>
  queries.isOptedOut(db, phoneHash(config.secretKey, phone));

/** Removes an opt-out, if its holder wants that. Returns whether there was one. */
export async function optIn(tx: Db, { config }: HashContext, phone: string, now: Date): Promise<boolean> {
  const wasOut = await queries.removeOptOut(tx, phoneHash(config.secretKey, phone));
  const payload = { number: maskedText(phone) };
  if (wasOut) await record(tx, [phoneAllowed({ actor: 'system', at: now, payload })]);
  return wasOut;
}

function maskedText(phone: string): string {
  const number = readNumber(phone);
  return number ? masked(number) : '';
}
