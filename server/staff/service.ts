import type { Db } from '#db/client.ts';
import * as accounts from '#server/accounts/service.ts';
import { audit, type Audited, auditLook, type Auditor } from '#server/audit/service.ts';
import type { Context } from '#server/context.ts';
import { hasFactor } from '#server/platform/auth/second-factor.ts';
import { requeueDelivery } from '#server/platform/mailing/deliveries.ts';
import { sendDelivery } from '#server/platform/mailing/queue.ts';
import { lift } from '#server/platform/mailing/suppressions.ts';
import { requireText } from '#server/platform/typed-text.ts';
import * as queries from './queries.ts';
import { refuse } from './refusals.ts';
import type * as schema from './schema.ts';

const ofAccount = (id: string) => ({ type: 'account', id });

/** Returns the people whose address has a part. The look is noted. */
export async function findPeople(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  staff: Auditor,
  query: { q: string; page: number; perPage: number },
): Promise<schema.PersonList> {
  const { page, perPage } = query;
  return db.transaction(async (tx) => {
    const { rows, total } = await queries.findPeople(tx, query);
    const ids = rows.map(({ id }) => id);
    const look = { action: 'person.found', list: 'people', search: query.q, page, ids };
    await auditLook(tx, staff, look, clock.now());
    return { items: rows.map(rowView), total, page, perPage };
  });
}

type PersonRow = NonNullable<Awaited<ReturnType<typeof queries.findPerson>>>;

const rowView = ({ id, name, email, role, createdAt }: PersonRow) => ({
  ...{ id, name, email, role, createdAt: createdAt.toISOString() },
});

/** Returns a person, and notes that staff looked. Refuses `not_found`. */
export const readPerson = (ctx: Context, staff: Auditor, id: string): Promise<schema.Person> =>
  change(ctx, staff, id, 'person.read', () => Promise.resolve());

/** Lets a person log in again after too many wrong passwords. Refuses `not_found`. */
export const unlockPerson = (ctx: Context, staff: Auditor, id: string): Promise<schema.Person> =>
  change(ctx, staff, id, 'person.unlocked', (tx, { email }) => accounts.unlockLogins(tx, email));

/** Ends all sessions of a person. Refuses `not_found`. */
export const endSessions = (ctx: Context, staff: Auditor, id: string): Promise<schema.Person> =>
  change(ctx, staff, id, 'person.sessions-ended', (tx) => ctx.sessions.endAll(tx, id));

/**
 * Removes the second factor that a person has lost, and ends their sessions. Refuses `not_found`, `no_second_factor`,
 * `own_second_factor`, and an empty reason at `reason`.
 */
export function resetSecondFactor(
  ctx: Context,
  staff: Auditor,
  id: string,
  typed: string,
): Promise<schema.Person> {
  const reason = requireText('reason', typed);
  const reset = async (tx: Db): Promise<void> => {
    if (id.toLowerCase() === staff.id) throw refuse('own_second_factor');
    if (!(await accounts.resetFactors(tx, ctx, id))) throw refuse('no_second_factor');
  };
  return change(ctx, staff, id, 'person.second-factor-reset', reset, { reason });
}

async function change(
  ctx: Context,
  staff: Auditor,
  id: string,
  action: string,
  run: (tx: Db, person: PersonRow) => Promise<void>,
  detail?: Audited['detail'],
): Promise<schema.Person> {
  const at = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const person = await queries.findPerson(tx, id);
    if (!person) throw refuse('not_found');
    await run(tx, person);
    await audit(tx, staff, [{ action, subject: ofAccount(person.id), ...(detail && { detail }) }], at);
    return {
      ...rowView(person),
      ...{ company: person.company, locale: person.locale },
      sessions: await queries.countSessions(tx, person.id, at),
      hasSecondFactor: await hasFactor(tx, person.id),
      isThrottled: await accounts.isThrottled(tx, ctx.config, person.email, at),
    };
  });
}

/** Kinds whose content is gone once they were sent. */
const forgotten = ['call-back', 'digest'];
const ended = ['sent', 'bounced', 'suppressed', 'failed'];

const canResend = ({ kind, status }: queries.DeliveryRow): boolean =>
  ended.includes(status) && !forgotten.includes(kind);

/** Returns a page of mails with their state. The look is noted. */
export async function listDeliveries(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  staff: Auditor,
  query: schema.DeliveriesQuery,
): Promise<schema.StaffDeliveryList> {
  const { page, perPage } = query;
  return db.transaction(async (tx) => {
    const { rows, total } = await queries.listDeliveries(tx, query);
    const ids = rows.map(({ id }) => id);
    const look = { action: 'delivery.read', list: 'deliveries', search: query.q, page, ids };
    await auditLook(tx, staff, look, clock.now());
    return { items: rows.map(deliveryView), total, page, perPage };
  });
}

const deliveryView = (row: queries.DeliveryRow): schema.StaffDelivery => ({
  ...{ id: row.id, kind: row.kind, to: row.toEmail, status: row.status, attempts: row.attempts },
  decidedAt: row.decidedAt.toISOString(),
  statusAt: row.statusAt.toISOString(),
  ...{ error: row.lastError, canResend: canResend(row) },
});

/**
 * Sends a mail once more, under its own Message-ID, also to an address that was refused for good. Refuses `not_found`,
 * `not_resendable`.
 */
export async function resend(ctx: Context, staff: Auditor, id: string): Promise<schema.StaffDelivery> {
  const at = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const found = await queries.lockDelivery(tx, id);
    if (!found) throw refuse('not_found');
    if (!canResend(found)) throw refuse('not_resendable');
    await lift(tx, found.toEmail);
    await requeueDelivery(tx, found.id, at);
    await ctx.jobs.enqueue(tx, sendDelivery, [{ deliveryId: found.id }]);
    const subject = { type: 'delivery', id: found.id };
    await audit(tx, staff, [{ action: 'delivery.resent', subject, detail: { kind: found.kind } }], at);
    return deliveryView({ ...found, status: 'queued', statusAt: at, attempts: 0, lastError: null });
  });
}
