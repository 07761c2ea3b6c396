import { createHash } from 'node:crypto';

const dayMs = 86_400_000;

/** RFC 5321, 4.5.4.1: give up after four to five days. */
const giveUpAfterMs = 5 * dayMs;
const leastAttempts = 20;

/** Returns whether to stop retrying a mail: by its age, but not before enough attempts, as a worker may be off for days. */
export function isGivenUp(decidedAt: Date, attempts: number, now: Date): boolean {
  return attempts >= leastAttempts && now.getTime() - decidedAt.getTime() >= giveUpAfterMs;
}

const longestPauseSeconds = { server: 300, recipient: 7_200 };

/**
 * Returns how long to wait after a failure. Trouble of the server delays all mails, and all must go out soon after it is
 * over; who refuses one recipient for now is asked ever more seldom.
 */
export function pauseSeconds(about: keyof typeof longestPauseSeconds, failures: number): number {
  return Math.min(5 * 2 ** Math.min(failures, 20), longestPauseSeconds[about]);
}

/** Returns the Message-ID, `<uuid@host>`. */
export function messageIdOf(uuid: string, publicUrl: string): string {
  return `<${uuid}@${new URL(publicUrl).hostname}>`;
}

/** Returns a key that is unique per kind, reason and person. The address is hashed. */
export function dedupeKeyOf(kind: string, reason: string, email: string): string {
  const person = createHash('sha256').update(email.toLowerCase()).digest('base64url').slice(0, 22);
  return `${kind}:${reason}:${person}`;
}
