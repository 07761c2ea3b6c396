import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const minuteMs = 60_000;
/** How long the second step of a login may take. */
const stepMinutes = 10;
/** How long a secret that no code has proven is shown again, so that a page loaded twice doesn't change it. */
const pendingMinutes = 60;

export const loginsExpiredBefore = (now: Date): Date => new Date(now.getTime() - stepMinutes * minuteMs);

export const pendingExpiredBefore = (now: Date): Date => new Date(now.getTime() - pendingMinutes * minuteMs);

/** RFC 6238 as all authenticator apps have it. */
const period = 30;
const digits = 6;
const secretBytes = 20;

export const newSecret = (): Buffer => randomBytes(secretBytes);

const totpOf = (secret: Buffer, label = ''): TOTP =>
  new TOTP({
    ...{ issuer: 'Quoteline', label, algorithm: 'SHA1', digits, period },
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
  });

/** Returns a secret as people type it and as apps read it from a QR code. */
export function writeSecret(secret: Buffer, email: string): { secret: string; uri: string } {
  const totp = totpOf(secret, email);
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** Returns the time step whose code this is, of the present one and those beside it; null: none. */
export function stepOf(secret: Buffer, code: string, now: Date): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / period) + delta;
}

/** Crockford's base 32: no letter looks like another sign. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const codesOfASet = 10;
const codeLength = 16;

/** Returns a set of recovery codes, of 80 bits each. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: codesOfASet }, () =>
    Array.from(randomBytes(codeLength), (byte) => alphabet[byte % alphabet.length])
      .join('')
      .replace(/(.{4})(?=.)/g, '$1-'),
  );

export type TypedCode = { kind: 'totp' | 'recovery'; code: string };

/** Reads what a person typed as a code of an app or a recovery code; null: neither. */
export function readCode(typed: string): TypedCode | null {
  const code = typed.replace(/[\s-]/g, '').toLowerCase();
  if (/^\d{6}$/.test(code)) return { kind: 'totp', code };
  const recovery = code.replaceAll('o', '0').replaceAll(/[il]/g, '1');
  return recovery.length === codeLength && [...recovery].every((sign) => alphabet.includes(sign))
    ? { kind: 'recovery', code: recovery }
    : null;
}
