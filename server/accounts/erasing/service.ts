import { isDeepStrictEqual } from 'node:util';
import type { Db } from '#db/client.ts';
import * as buyers from '#server/buyers/service.ts';
import type { Context } from '#server/context.ts';
import { hasFactor } from '#server/platform/auth/second-factor.ts';
import type { Account } from '#server/platform/auth/sessions.ts';
import { record } from '#server/platform/events.ts';
import { noteForgotten } from '#server/platform/forgetting.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { forgetSent } from '#server/platform/mailing/forgetting.ts';
import { queueMails } from '#server/platform/mailing/queue.ts';
import {
  isErased,
  type Leftover,
  type Obstacle,
  type Person,
  pseudonymOf,
} from '#server/platform/personal.ts';
import { accountErased, accountErasedMail } from '../events.ts';
import { countCode, requireCode } from '../factors/codes.ts';
import { lockAccount } from '../factors/queries.ts';
import { requireCurrent } from '../passwords/current.ts';
import { holdPassword } from '../queries.ts';
import { obstacleTitles, refuse, refuseField } from '../refusals.ts';
import { erasureKind, hashOfNoPassword, personOf } from './person.ts';
import { inSnapshot, lockCompanyOf, setPassword } from './queries.ts';
import type { EraseBody, Erasure } from './schema.ts';

/** The account of a buyer. */
export type Owner = Pick<Account, 'id' | 'email'> & { buyerId: string };

const copiesAnHour = { max: 20, windowSeconds: 3_600 };

/** Returns all that is kept of a person, by name. Refuses `too_many`. */
export async function exportMyData(
  { db, clock, personal }: Pick<Context, 'db' | 'clock' | 'personal'>,
  owner: Owner,
): Promise<Record<string, unknown>> {
  const now = clock.now();
  await countOrRefuse(db, `export:${owner.id}`, copiesAnHour, now);
  return inSnapshot(db, async (tx) => {
    const person = await personOf(tx, owner);
    const parts: Record<string, unknown> = { exportedAt: now };
    for (const { copy } of personal) Object.assign(parts, await copy?.(tx, person));
    return parts;
  });
}

/** Returns what an erasure of the account would meet now. */
export async function erasureOf(
  ctx: Pick<Context, 'db' | 'clock' | 'personal'>,
  owner: Owner,
): Promise<Erasure> {
  const { db } = ctx;
  const person = await personOf(db, owner);
  return {
    open: await obstaclesTo(db, ctx, person),
    leftovers: await leftoversOf(db, ctx, person),
    endsCompany: person.member?.isAlone ?? false,
    asksCode: await hasFactor(db, owner.id),
  };
}

async function obstaclesTo(
  db: Db,
  { clock, personal }: Pick<Context, 'clock' | 'personal'>,
  person: Person,
): Promise<Obstacle[]> {
  const found: Obstacle[] = [];
  for (const { obstacles } of personal) found.push(...((await obstacles?.(db, person, clock.now())) ?? []));
  return found;
}

async function leftoversOf(
  db: Db,
  { personal }: Pick<Context, 'personal'>,
  person: Person,
): Promise<Leftover[]> {
  const found: Leftover[] = [];
  for (const { leftovers } of personal) found.push(...((await leftovers?.(db, person)) ?? []));
  return found;
}

/**
 * Erases the account and its person, in one transaction, and mails it to them: others keep what they need under a
 * pseudonym. Refuses `invalid_credentials` at `password`, what `requireCode` and `countCode` do, `still_open` with what is
 * open, also a company that would end without `endCompany`, and `credit_left` unless `giveUp` says all that is left.
 */
export async function eraseAccount(ctx: Context, owner: Owner, body: EraseBody): Promise<void> {
  const { id, buyerId } = owner;
  const stored = await requireCurrent(ctx, { id, email: owner.email }, 'password', body.password);
  const uncountRight = body.code === undefined ? undefined : await countCode(ctx, owner, true);
  const code = { isRight: false };
  const passwordHash = await hashOfNoPassword();
  try {
    await ctx.db.transaction(async (tx) => {
      const account = await lockAccount(tx, id);
      // Another press was faster.
      if (!account || isErased(account.email)) return;
      if (!(await holdPassword(tx, stored))) throw refuseField('password', 'invalid_credentials');
      await requireCode(tx, ctx, account, body.code);
      code.isRight = true;
      const at = ctx.clock.now();
      // From now on nobody joins or leaves it.
      await lockCompanyOf(tx, buyerId);
      const person = await personOf(tx, { ...account, buyerId });
      await lockAll(tx, ctx, person, at);
      requireNothingOpen(await obstaclesTo(tx, ctx, person));
      if (person.member?.isAlone && !body.endCompany) requireNothingOpen([{ code: 'last_admin' }]);
      requireGivenUp(await leftoversOf(tx, ctx, person), body.giveUp ?? []);
      for (const { erase } of ctx.personal) await erase?.(tx, person, at, ctx);
      await setPassword(tx, id, passwordHash);
      await noteForgotten(tx, erasureKind, buyerId);
      await record(tx, [accountErased({ actor: `buyer:${buyerId}`, at, subjectId: id, payload: {} })]);
      const { email, name, locale } = account;
      const mail = { kind: accountErasedMail, subjectId: id, reason: 'erased', content: {} };
      await queueMails(tx, ctx, [{ ...mail, to: { role: 'account', email, name, locale } }], at);
    });
  } finally {
    // Also if something is still open.
    if (code.isRight) await uncountRight?.();
  }
}

/** Locks what the erasure depends on: from then on nothing begins for the buyer, and all that began is seen. */
async function lockAll(
  tx: Db,
  { personal }: Pick<Context, 'personal'>,
  person: Person,
  at: Date,
): Promise<void> {
  for (const { lockBefore } of personal) await lockBefore?.(tx, person);
  await buyers.markErased(tx, person.buyerId, at);
  for (const { lockAfter } of personal) await lockAfter?.(tx, person);
}

function requireNothingOpen(open: readonly Obstacle[]): void {
  if (open.length === 0) return;
  const errors = open.map(({ code, number }) => ({
    ...{ path: '', code },
    message: [obstacleTitles[code], number].filter(Boolean).join(': '),
  }));
  throw refuse('still_open', { errors });
}

function requireGivenUp(left: readonly Leftover[], givenUp: readonly Leftover[]): void {
  const inOrder = (list: readonly Leftover[]) => list.toSorted((a, b) => a.unit.localeCompare(b.unit));
  if (!isDeepStrictEqual(inOrder(left), inOrder(givenUp))) throw refuseField('giveUp', 'credit_left');
}

/** Replaces the addresses of those who were erased in the mails that said so, once these are sent. */
export async function forgetFarewells({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const nobody = pseudonymOf({ buyerId: '00000000-0000-0000-0000-000000000000' });
  await forgetSent(db, accountErasedMail.name, nobody.email, clock.now());
}
