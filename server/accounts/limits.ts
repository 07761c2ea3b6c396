import type { Context } from '#server/context.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { sha256 } from '#server/platform/tokens.ts';

const windowSeconds = 3_600;

/** So that one network, or a few, don't keep an address from getting mails that its owner asks for. */
const mailboxFactor = 20;

/**
 * Counts a mail that anybody can have sent to any address, per network and mailbox, and far more of all networks. Refuses
 * `too_many`, for known and unknown addresses alike.
 */
export async function countMailsTo(
  { db, config: { limits } }: Pick<Context, 'db' | 'config'>,
  what: string,
  { email, address }: { email: string; address: string },
  now: Date,
): Promise<void> {
  const emailHash = sha256(email).toString('base64url');
  const perNetwork = { max: limits.registrationsPerHour, windowSeconds };
  await countOrRefuse(db, `${what}:address:${address}`, perNetwork, now);
  const perBoth = { max: limits.mailsPerUnprovenAddress, windowSeconds };
  await countOrRefuse(db, `${what}:from:${emailHash}:${address}`, perBoth, now);
  const perMailbox = { max: limits.mailsPerUnprovenAddress * mailboxFactor, windowSeconds };
  await countOrRefuse(db, `${what}:email:${emailHash}`, perMailbox, now);
}
