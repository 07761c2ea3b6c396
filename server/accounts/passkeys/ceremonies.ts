import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Context } from '#server/context.ts';
import type { Account } from '#server/platform/auth/sessions.ts';
import { sha256 } from '#server/platform/tokens.ts';
import * as queries from './queries.ts';
import type { Credential, PasskeyOptions } from './schema.ts';

/** Loaded with the first passkey: it takes 27 MB, which a process that sees none need not hold. */
const webAuthn = () => import('@simplewebauthn/server');

type Tools = Pick<Context, 'db' | 'clock' | 'config' | 'log'>;

/** What a challenge was given out for: adding a passkey, or finishing the login of this hash. */
interface Purpose {
  accountId: string;
  loginHash: Buffer | null;
}

const timeoutMinutes = 5;
const minuteMs = 60_000;
/** EdDSA, ES256, RS256: what authenticators have, by their COSE numbers. */
const algorithms = [-8, -7, -257];

export const challengesExpiredBefore = (now: Date): Date =>
  new Date(now.getTime() - timeoutMinutes * minuteMs);

/** The origin that the browser has to have signed for, and the host that passkeys belong to. */
function relyingParty({ publicUrl }: Pick<Context['config'], 'publicUrl'>) {
  const { origin, hostname } = new URL(publicUrl);
  return { expectedOrigin: origin, expectedRPID: hostname };
}

const credentialsOf = (known: readonly queries.StoredPasskey[]) =>
  known.map(({ credentialId, transports }) => ({ id: credentialId, transports }));

/** Returns what the browser needs to make a passkey, which none of the known authenticators may make again. */
export async function creationOptions(
  { db, clock, config }: Tools,
  { id, email, name }: Account,
  known: readonly queries.StoredPasskey[],
): Promise<PasskeyOptions> {
  const { generateRegistrationOptions } = await webAuthn();
  const options = await generateRegistrationOptions({
    rpName: 'Quoteline',
    rpID: relyingParty(config).expectedRPID,
    userID: Uint8Array.from(Buffer.from(id.replaceAll('-', ''), 'hex')),
    ...{ userName: email, userDisplayName: name },
    excludeCredentials: credentialsOf(known),
    supportedAlgorithmIDs: algorithms,
    timeout: timeoutMinutes * minuteMs,
  });
  await giveOut(db, options.challenge, { accountId: id, loginHash: null }, clock.now());
  return { options: { ...options } };
}

/** Returns what the browser needs to finish a login with one of these passkeys. */
export async function requestOptions(
  { db, clock, config }: Tools,
  purpose: Purpose,
  known: readonly queries.StoredPasskey[],
): Promise<PasskeyOptions> {
  const { generateAuthenticationOptions } = await webAuthn();
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(config).expectedRPID,
    allowCredentials: credentialsOf(known),
    timeout: timeoutMinutes * minuteMs,
  });
  await giveOut(db, options.challenge, purpose, clock.now());
  return { options: { ...options } };
}

const giveOut = (db: Context['db'], challenge: string, purpose: Purpose, at: Date): Promise<void> =>
  db.transaction((tx) =>
    queries.storeChallenge(tx, { ...purpose, challengeHash: sha256(challenge), createdAt: at }),
  );

/** Returns the challenge that a browser says it has signed; null: the data is malformed. */
function challengeIn({ response }: Credential): string | null {
  try {
    const data: unknown = JSON.parse(Buffer.from(String(response['clientDataJSON']), 'base64url').toString());
    const { challenge } = Object(data) as { challenge?: unknown };
    return typeof challenge === 'string' ? challenge : null;
  } catch {
    return null;
  }
}

/**
 * Uses up the challenge that was signed, whatever else is wrong, so outside of the caller's transaction. Returns it; null:
 * it wasn't given out for this, not lately, or was used before.
 */
async function takeChallenge(
  { db, clock }: Tools,
  purpose: Purpose,
  credential: Credential,
): Promise<string | null> {
  const challenge = challengeIn(credential);
  if (challenge === null) return null;
  const since = challengesExpiredBefore(clock.now());
  const isTaken = await queries.takeChallenge(db, { ...purpose, challengeHash: sha256(challenge) }, since);
  return isTaken ? challenge : null;
}

/** The package throws on everything that is wrong in what a browser sends. */
const unaccepted =
  ({ log }: Tools) =>
  (error: unknown): null => {
    log.info({ err: error }, 'a passkey was not accepted');
    return null;
  };

/** Returns the passkey that a browser made for the account; null: it isn't one of this place, time and account. */
export async function madePasskey(ctx: Tools, accountId: string, credential: Credential) {
  const challenge = await takeChallenge(ctx, { accountId, loginHash: null }, credential);
  if (challenge === null) return null;
  const { verifyRegistrationResponse } = await webAuthn();
  const checked = await verifyRegistrationResponse({
    ...relyingParty(ctx.config),
    response: credential as unknown as RegistrationResponseJSON,
    expectedChallenge: challenge,
    // The password is the other factor.
    requireUserVerification: false,
    supportedAlgorithmIDs: algorithms,
  }).catch(unaccepted(ctx));
  if (!checked?.verified) return null;
  const { id, publicKey, counter, transports } = checked.registrationInfo.credential;
  return {
    ...{ accountId, credentialId: id, publicKey: Buffer.from(publicKey), counter },
    transports: (transports ?? []).filter((each) => typeof each === 'string').slice(0, 10),
  };
}

/** Returns the account's passkey with which a browser has signed, and its new counter; null: it hasn't. */
export async function signedPasskey(
  ctx: Tools,
  purpose: Purpose,
  credential: Credential,
): Promise<{ passkey: queries.StoredPasskey; newCounter: number } | null> {
  const challenge = await takeChallenge(ctx, purpose, credential);
  const passkey = await queries.findCredential(ctx.db, purpose.accountId, credential.id);
  if (challenge === null || !passkey) return null;
  const { credentialId: id, publicKey, counter } = passkey;
  const { verifyAuthenticationResponse } = await webAuthn();
  const checked = await verifyAuthenticationResponse({
    ...relyingParty(ctx.config),
    response: credential as unknown as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    credential: { id, publicKey: Uint8Array.from(publicKey), counter },
    requireUserVerification: false,
  }).catch(unaccepted(ctx));
  return checked?.verified ? { passkey, newCounter: checked.authenticationInfo.newCounter } : null;
}
