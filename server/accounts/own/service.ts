import { isCurrencyChoice } from '#server/common/wanted-currency.ts';
import type { Context } from '#server/context.ts';
import { hashPassword } from '#server/platform/auth/passwords.ts';
import type { Account, Visit, WithCookies } from '#server/platform/auth/sessions.ts';
import { cleanLine } from '#server/platform/typed-text.ts';
import { enter, type Entry } from '../entering/service.ts';
import { requireCurrent } from '../passwords/current.ts';
import { newPasswordError, storePassword } from '../passwords/service.ts';
import * as accounts from '../queries.ts';
import { refuse, refuseField } from '../refusals.ts';
import { useUpResets } from '../resetting/queries.ts';
import type { PasswordBody, ProfileBody, Sessions } from '../schema.ts';
import { readUserAgent } from './rules.ts';

/**
 * Changes the password of the logged-in account, ends its sessions in all browsers and begins a new one in this. Refuses
 * `invalid_credentials` at `current` and what is wrong with the new one at `password`, both at once.
 */
export async function changePassword(
  ctx: Context,
  account: Account,
  { current, password }: PasswordBody,
  visit: Visit,
): Promise<Entry> {
  const stored = await requireCurrent(ctx, account, 'current', current, async ({ name, email, company }) => {
    const wrong = await newPasswordError('password', password, [name, email, company ?? '']);
    return wrong ? [wrong] : [];
  });
  const passwordHash = await hashPassword(password);
  return ctx.db.transaction(async (tx) => {
    await useUpResets(tx, stored.email);
    // Another change with the same password was faster.
    if (!(await storePassword(tx, ctx, stored, passwordHash)))
      throw refuseField('current', 'invalid_credentials');
    return enter(tx, ctx, visit, stored);
  });
}

/** Changes what is given of the logged-in account's profile. Returns the account. */
export async function updateProfile(
  { db }: Pick<Context, 'db'>,
  account: Account,
  { name, company, locale, currency }: ProfileBody,
): Promise<Account> {
  const cleaned = name === undefined ? undefined : cleanLine(name);
  if (cleaned === '')
    throw refuse('invalid_input', { errors: [{ path: 'name', code: 'required', message: 'is required' }] });
  if (currency !== undefined && !isCurrencyChoice(currency))
    throw refuse('invalid_input', {
      errors: [{ path: 'currency', code: 'format', message: 'is not a supported currency, nor "listed"' }],
    });
  const changes = {
    ...(cleaned !== undefined && { name: cleaned }),
    ...(company !== undefined && { company: cleanLine(company) || null }),
    ...(locale !== undefined && { locale }),
    ...(currency !== undefined && { currency }),
  };
  if (Object.keys(changes).length > 0) await accounts.updateAccount(db, account.id, changes);
  return { ...account, ...changes };
}

/** Returns the browsers in which the account is logged in. */
export async function listSessions(
  { sessions }: Pick<Context, 'sessions'>,
  { id }: Account,
  visit: WithCookies,
): Promise<Sessions> {
  const own = await sessions.list(visit, id);
  return {
    items: own.map(({ id: publicId, userAgent, beganAt, usedAt, isCurrent }) => ({
      ...{ id: publicId, ...readUserAgent(userAgent), current: isCurrent },
      ...{ beganAt: beganAt.toISOString(), usedAt: usedAt.toISOString() },
    })),
  };
}

/** Logs one browser out. Refuses `not_found`. */
export async function endSession(
  { sessions }: Pick<Context, 'sessions'>,
  { id }: Account,
  publicId: string,
): Promise<void> {
  if (!(await sessions.endOne(id, publicId))) throw refuse('not_found');
}
