import { Secret, TOTP } from 'otpauth';
import type { Client, TestService } from '../../harness.ts';
import { chosen } from './registrants.ts';

/** A person's authenticator app and recovery codes. */
export interface Authenticator {
  /** Returns the code of the present time step, or of one so many later. */
  code(later?: number): string;
  recoveryCodes: string[];
}

/** Returns the code that an app with this secret shows at that time. */
export function codeAt(secret: string, at: Date): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });
}

/** Sets up an authenticator app for the account that is logged in, and lets its first code pass. */
export async function withAuthenticator(service: TestService, browser: Client): Promise<Authenticator> {
  const { body } = await browser.post<{ secret: string }>('/api/account/two-factor');
  const code = (later = 0) => codeAt(body.secret, new Date(service.clock.now().getTime() + later * 30_000));
  const confirmed = await browser.put('/api/account/two-factor', { code: code() });
  if (confirmed.status !== 200) throw new Error(`no second factor: ${confirmed.status}`);
  service.clock.advance(30_000);
  return { code, recoveryCodes: confirmed.body.recoveryCodes as string[] };
}

/** Logs in with the password and, if given, a code. */
export const loginWith = (browser: Client, email: string, code?: string) =>
  browser.post('/api/account/login', { email, password: chosen, ...(code === undefined ? {} : { code }) });
