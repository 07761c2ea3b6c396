import { createHash } from 'node:crypto';

const dayMs = 86_400_000;

/** SMTP's own custom: give up after four to five days (RFC 5321, 4.5.4.1). */
const giveUpAfterMs = 5 * dayMs;
const leastAttempts = 20;

/**
 * Returns whether a mail that failed once more is not tried again. A worker that was off for a week still gets its
 * tries.
 */
export function isGivenUp(decidedAt: Date, attempts: number, now: Date): boolean {
  return attempts >= leastAttempts && now.getTime() - decidedAt.getTime() >= giveUpAfterMs;
}

/** `<uuid@host>`, the same for every copy of the mail. */
export function messageIdOf(uuid: string, publicUrl: string): string {
  return `<${uuid}@${new URL(publicUrl).hostname}>`;
}

/** The same reason for a mail to the same person never makes a second one. */
export function dedupeKeyOf(kind: string, reason: string, email: string): string {
  const person = createHash('sha256').update(email.toLowerCase()).digest('base64url').slice(0, 22);
  return `${kind}:${reason}:${person}`;
}
