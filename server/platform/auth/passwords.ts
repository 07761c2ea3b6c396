import { hash, verify } from '@node-rs/argon2';

/** OWASP password storage: argon2id (the library's default), 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** As a PHC string with its own salt and parameters. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** What a password is compared with when nobody has the address, so that both answers take the same time. */
const nobodysHash = hashPassword('nobody has this password');

/** Returns whether the password fits; false, and no sooner, for the null of an unknown account. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const fits = await verify(passwordHash ?? (await nobodysHash), password);
  return fits && passwordHash !== null;
}
