import type { Db } from '#db/client.ts';
import * as accounts from '#server/accounts/service.ts';
import { audit, auditLook, type Auditor } from '#server/audit/service.ts';
import type { Context } from '#server/context.ts';
import { requeueDelivery } from '#server/platform/mailing/deliveries.ts';
import { sendDelivery } from '#server/platform/mailing/queue.ts';
import { lift } from '#server/platform/mailing/suppressions.ts';
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

type PeopleContext = Pick<Context, 'db' | 'clock' | 'config' | 'sessions'>;

/** Returns a person, and notes that staff looked. Refuses `not_found`. */
export const readPerson = (ctx: PeopleContext, staff: Auditor, id: string): Promise<schema.Person> =>
  change(ctx, staff, id, 'person.read', () => Promise.resolve());

/** Lets a person log in again after too many wrong passwords. Refuses `not_found`. */
export const unlockPerson = (ctx: PeopleContext, staff: Auditor, id: string): Promise<schema.Person> =>
  change(ctx, staff, id, 'person.unlocked', (tx, { email }) => accounts.unlockLogins(tx, email));

/** Ends all sessions of a person. Refuses `not_found`. */
export const endSessions = (ctx: PeopleContext, staff: Auditor, id: string): Promise<schema.Person> =>
  change(ctx, staff, id, 'person.sessions-ended', (tx) => ctx.sessions.endAll(tx, id));

async function change(
  ctx: PeopleContext,
  staff: Auditor,
  id: string,
  action: string,
  run: (tx: Db, person: PersonRow) => Promise<void>,
): Promise<schema.Person> {
  const at = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const person = await queries.findPerson(tx, id);
    if (!person) throw refuse('not_found');
    await run(tx, person);
    await audit(tx, staff, [{ action, subject: ofAccount(person.id) }], at);
    return {
      ...rowView(person),
      ...{ company: person.company, locale: person.locale },
      sessions: await queries.countSessions(tx, person.id, at),
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
