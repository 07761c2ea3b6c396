import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';

/** Returns a person's top-ups as they get them in a copy, with the numbers of their invoices. */
export async function copyOfTopUps(db: Db, buyerId: string): Promise<object[]> {
  const topUps = await db.execute(sql`
    select t.reference, t.method, t.credits::numeric / 100 as credits, t.currency, t.net, t.vat, t.country,
      t.vat_id as "vatId", t.bill_to as "billTo", t.created_at as "createdAt", t.paid_at as "paidAt",
      (select coalesce(json_agg(i.number order by i.issued_at), '[]') from invoices i where i.top_up_id = t.id)
        as invoices
    from top_ups t where t.buyer_id = ${buyerId} order by t.created_at`);
  return [...topUps];
}

export async function lockTopUps(tx: Db, buyerId: string): Promise<void> {
  await tx.execute(sql`select 1 from top_ups where buyer_id = ${buyerId} order by id for no key update`);
}

/** Cancels a person's own top-ups for which nothing came in. */
export async function cancelTopUps(tx: Db, buyerId: string, at: Date): Promise<void> {
  await tx.execute(sql`
    update top_ups set cancelled_at = ${at.toISOString()}::timestamptz
    where buyer_id = ${buyerId} and company_id is null and paid_at is null and cancelled_at is null`);
}

/**
 * Returns the references of top-ups for which part of the money came in, or more was spent than was paid, or with a card's
 * payment, refund or dispute that hasn't ended.
 */
export async function incompleteOf(db: Db, buyerId: string): Promise<string[]> {
  const rows = await db.execute<{ reference: string }>(sql`
    select t.reference from top_ups t
    where t.buyer_id = ${buyerId} and t.company_id is null and (t.owed_credits > 0 or t.owed_money > 0
      or (t.paid_at is null and exists (
        select from top_up_payments p where p.top_up_id = t.id and p.reversed_at is null))
      or exists (select from card_payments c where c.top_up_id = t.id and c.ended_at is null)
      or exists (select from card_refunds c where c.top_up_id = t.id and c.ended_at is null)
      or exists (select from card_disputes c where c.top_up_id = t.id and c.ended_at is null))
    order by t.reference`);
  return rows.map(({ reference }) => reference);
}
