import type { Context } from '#server/context.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { sha256 } from '#server/platform/tokens.ts';

const windowSeconds = 3_600;

/** Counts a mail that anybody can have sent to any address. Refuses `too_many`, for known and unknown addresses alike. */
export async function countMailsTo(
  { db, config: { limits } }: Pick<Context, 'db' | 'config'>,
  what: string,
  { email, address }: { email: string; address: string },
  now: Date,
): Promise<void> {
  const emailHash = sha256(email).toString('base64url');
  const perNetwork = { max: limits.registrationsPerHour, windowSeconds };
  await countOrRefuse(db, `${what}:address:${address}`, perNetwork, now);
  const perMailbox = { max: limits.mailsPerUnprovenAddress, windowSeconds };
  await countOrRefuse(db, `${what}:email:${emailHash}`, perMailbox, now);
}
