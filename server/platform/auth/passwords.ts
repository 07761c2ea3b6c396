import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { refuse } from '../errors.ts';

/** The OWASP password storage cheat sheet's minimum for argon2id, the library's default. Memory in KiB. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash takes 19 MiB and a core: a crowd that logs in must leave some to everybody else. */
const inTurn = pLimit(2);
/** So many take seconds already. */
const longestQueue = 100;

let hashed = 0;
/** Returns how many passwords this process has hashed or compared with a hash. */
export const countHashes = (): number => hashed;

/** Refuses `unavailable` while too many wait. */
function takeTurn<T>(work: () => Promise<T>): Promise<T> {
  if (inTurn.pendingCount >= longestQueue) throw refuse('unavailable', { retryAfterSeconds: 5 });
  hashed += 1;
  return inTurn(work);
}

/** Returns a PHC string with its own salt and parameters. Refuses `unavailable` while too many wait. */
export async function hashPassword(password: string): Promise<string> {
  return takeTurn(() => hash(password, cost));
}

/** Compared with if the address is unknown, so that both cases take the same time. */
const nobodysHash = hash('nobody has this password', cost);

/**
 * Returns whether the password matches. Null, for an unknown account, takes the same time. Refuses `unavailable` while
 * too many wait.
 */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const compared = passwordHash ?? (await nobodysHash);
  const fits = await takeTurn(() => verify(compared, password));
  return fits && passwordHash !== null;
}
