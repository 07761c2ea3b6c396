import { hash, verify } from '@node-rs/argon2';

/** The OWASP password storage cheat sheet's minimum for argon2id, the library's default. Memory in KiB. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let hashed = 0;
/** Returns how many passwords this process has hashed or compared with a hash. */
export const countHashes = (): number => hashed;

/** Returns a PHC string with its own salt and parameters. */
export function hashPassword(password: string): Promise<string> {
  hashed += 1;
  return hash(password, cost);
}

/** Compared with if the address is unknown, so that both cases take the same time. */
const nobodysHash = hashPassword('nobody has this password');

/** Returns whether the password matches. Null, for an unknown account, takes the same time. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  hashed += 1;
  const fits = await verify(passwordHash ?? (await nobodysHash), password);
  return fits && passwordHash !== null;
}
