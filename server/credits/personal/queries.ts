import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { endsWith, isStillOf, type Person } from '#server/platform/personal.ts';

/** Returns a person's top-ups, but none of a former company, as they get them in a copy, with the numbers of their invoices. */
export async function copyOfTopUps(db: Db, person: Person): Promise<object[]> {
  const topUps = await db.execute(sql`
    select t.reference, t.method, t.credits::numeric / 100 as credits, t.currency, t.net, t.vat, t.country,
      t.vat_id as "vatId", t.bill_to as "billTo", t.created_at as "createdAt", t.paid_at as "paidAt",
      (select coalesce(json_agg(i.number order by i.issued_at), '[]') from invoices i where i.top_up_id = t.id)
        as invoices
    from top_ups t where ${isStillOf('t', person)} order by t.created_at`);
  return [...topUps];
}

/** Locks the top-ups that end with a person. */
export async function lockTopUps(tx: Db, person: Person): Promise<void> {
  await tx.execute(sql`
    select 1 from top_ups t where ${endsWith('t', person)} order by t.id for no key update`);
}

/** Cancels the top-ups that end with a person, if nothing came in for them. */
export async function cancelTopUps(tx: Db, person: Person, at: Date): Promise<void> {
  await tx.execute(sql`
    update top_ups t set cancelled_at = ${at.toISOString()}::timestamptz
    where ${endsWith('t', person)} and t.paid_at is null and t.cancelled_at is null`);
}

/**
 * Returns the references of top-ups for which part of the money came in, or more was spent than was paid, or with a card's
 * payment, refund or dispute that hasn't ended: of those that end with the person.
 */
export async function incompleteOf(db: Db, person: Person): Promise<string[]> {
  const rows = await db.execute<{ reference: string }>(sql`
    select t.reference from top_ups t
    where ${endsWith('t', person)} and (t.owed_credits > 0 or t.owed_money > 0
      or (t.paid_at is null and exists (
        select from top_up_payments p where p.top_up_id = t.id and p.reversed_at is null))
      or exists (select from card_payments c where c.top_up_id = t.id and c.ended_at is null)
      or exists (select from card_refunds c where c.top_up_id = t.id and c.ended_at is null)
      or exists (select from card_disputes c where c.top_up_id = t.id and c.ended_at is null))
    order by t.reference`);
  return rows.map(({ reference }) => reference);
}
