import { randomUUID } from 'node:crypto';
import { addressProven } from '#server/buyers/events.ts';
import * as buyers from '#server/buyers/service.ts';
import type { Context } from '#server/context.ts';
import { hashPassword, isPassword } from '#server/platform/auth/passwords.ts';
import type { Visit, WithCookies } from '#server/platform/auth/sessions.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { queueMails } from '#server/platform/mailing/queue.ts';
import type { EmailChange } from '../addresses/queries.ts';
import { findChangeByToken, proveChange } from '../addresses/service.ts';
import { enter, type Entry } from '../entering/service.ts';
import { alreadyRegisteredMail, verifyAddressMail } from '../events.ts';
import { countMailsTo } from '../limits.ts';
import * as accounts from '../queries.ts';
import { newPasswordError } from '../passwords/service.ts';
import { refuse, refuseWrong } from '../refusals.ts';
import type { RegisterBody, VerifyAddressBody } from '../schema.ts';
import * as queries from './queries.ts';
import { expiredBefore, readRegistrant } from './rules.ts';

export const verifyPurpose = 'verify';

/** The browser that registers: its guest and its network. */
export interface RegistrationOrigin {
  guestId: string;
  address: string;
}

/**
 * Stores a registration and mails a link to the address; if it has an account, only mails that. Does the same work in
 * both cases, so that nobody learns which addresses have accounts. Refuses
 * `invalid_input`, `password_too_common` and `too_many`.
 */
export async function register(ctx: Context, body: RegisterBody, from: RegistrationOrigin): Promise<void> {
  const { db, clock } = ctx;
  const { registrant, errors } = readRegistrant(body);
  const { name, email, company } = registrant;
  const wrong = await newPasswordError('password', body.password, [name, email, company ?? '']);
  if (wrong) errors.push(wrong);
  if (errors.length > 0) throw refuseWrong(errors);
  const now = clock.now();
  await countMailsTo(ctx, 'register', { email, address: from.address }, now);
  const passwordHash = await hashPassword(body.password);
  const id = randomUUID();
  const locale = body.locale ?? 'en';
  const { guestId } = from;
  await db.transaction(async (tx) => {
    const row = { ...registrant, id, passwordHash, locale, guestId, createdAt: now };
    const isNew = await queries.addRegistration(tx, row);
    const kind = isNew ? verifyAddressMail : alreadyRegisteredMail;
    // Without the typed name: nobody may have words of theirs sent to strangers.
    const to = { role: 'account', email, name: '', locale };
    await queueMails(tx, ctx, [{ kind, subjectId: id, reason: 'sent', to, content: {} }], now);
  });
}

/**
 * Makes the account of a registration whose address is proven by the token, logs this browser in, voids the address's
 * other registrations, and moves what this browser did as a guest and what guests sent with the address to the account.
 * The link of a change of address does what `proveChange` does instead, for who is logged in or knows the password.
 * Refuses `link_not_valid`, and `invalid_credentials` without the password of the registration, which only the browser
 * that registered may leave out.
 */
export async function verifyAddress(
  ctx: Context,
  { token, password, code }: VerifyAddressBody,
  visit: Visit,
): Promise<Entry & { isNew: boolean }> {
  const { db, clock, hooks } = ctx;
  const change = await findChangeByToken(ctx, token);
  if (change) {
    const owner = await requireOwner(ctx, change, password, visit);
    return { ...(await proveChange(ctx, change, { ...owner, code }, visit)), isNew: false };
  }
  const registration = await findByToken(ctx, token);
  await requirePassword(ctx, registration, password, visit);
  const { name, email, company, passwordHash, locale } = registration;
  return db.transaction(async (tx) => {
    const buyerId = await buyers.createBuyer(tx);
    const own = { name, email, company, passwordHash, locale, buyerId };
    const account = await accounts.addAccount(tx, { ...own, role: 'buyer', vendorId: null, agentId: null });
    // Another proof of the address was faster.
    if (!account) throw refuse('link_not_valid');
    await queries.deleteRegistrations(tx, email);
    const entry = await enter(tx, ctx, visit, account);
    await hooks.run(tx, addressProven, { buyerId, provenEmail: email, at: clock.now() });
    return { ...entry, isNew: true };
  });
}

/**
 * Returns whether `verifyAddress` asks this browser for the password of what the link is for. Refuses `link_not_valid`.
 */
export async function asksPassword(ctx: Context, token: string, visit: WithCookies): Promise<boolean> {
  const change = await findChangeByToken(ctx, token);
  if (change) return !(await isOwner(ctx, change, visit));
  return !(await hasRegistered(ctx, await findByToken(ctx, token), visit));
}

async function findByToken(
  { db, links, clock }: Pick<Context, 'db' | 'links' | 'clock'>,
  token: string,
): Promise<queries.Registration> {
  const id = links.claimedId(token);
  if (id === null || !links.matches(token, verifyPurpose, id, 1)) throw refuse('link_not_valid');
  const registration = await queries.findRegistration(db, id);
  const isOpen = registration !== null && registration.createdAt > expiredBefore(clock.now());
  if (!isOpen) throw refuse('link_not_valid', { isOutdated: true });
  return registration;
}

async function requirePassword(
  ctx: Context,
  registration: queries.Registration,
  password: string | undefined,
  visit: WithCookies,
): Promise<void> {
  if (await hasRegistered(ctx, registration, visit)) return;
  await comparePassword(ctx, registration.id, password, registration.passwordHash);
}

/**
 * Returns whether this browser made the registration. The guest changes with each login and logout, so that the next
 * person at the same computer is another one.
 */
const hasRegistered = async (
  { buyers: owners }: Pick<Context, 'buyers'>,
  { guestId }: queries.Registration,
  visit: WithCookies,
): Promise<boolean> => (await owners.find(visit, null)) === guestId;

/** Returns whether the account whose address changes is logged in. */
const isOwner = async (
  { sessions }: Pick<Context, 'sessions'>,
  { accountId }: EmailChange,
  visit: WithCookies,
): Promise<boolean> => (await sessions.find(visit))?.id === accountId;

/**
 * Returns the hash of the password of the account whose address changes, read before its sessions, which a change of
 * password ends, and whether it is logged in. Refuses `invalid_credentials` unless it is, or its password is right.
 */
async function requireOwner(
  ctx: Context,
  change: EmailChange,
  password: string | undefined,
  visit: WithCookies,
): Promise<{ passwordHash: string | undefined; isLoggedIn: boolean }> {
  const account = await accounts.credentials(ctx.db, change.formerEmail);
  const isLoggedIn = await isOwner(ctx, change, visit);
  if (!isLoggedIn) await comparePassword(ctx, change.id, password, account?.passwordHash ?? null);
  return { passwordHash: account?.passwordHash, isLoggedIn };
}

/** Counts guesses at the password of what a link is for. */
async function comparePassword(
  { db, clock, config }: Pick<Context, 'db' | 'clock' | 'config'>,
  id: string,
  password: string | undefined,
  passwordHash: string | null,
): Promise<void> {
  if (!password) throw refuse('invalid_credentials');
  const limit = { max: config.limits.loginsPerQuarterHour, windowSeconds: 900 };
  await countOrRefuse(db, `verify:${id}`, limit, clock.now());
  if (!(await isPassword(password, passwordHash))) throw refuse('invalid_credentials');
}

/** Deletes registrations whose link has expired. */
export async function forgetExpired({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  await queries.deleteExpired(db, expiredBefore(clock.now()));
}
