import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { invoices, invoiceSeries } from '#db/tables/invoices.ts';
import { isUuid } from '#server/common/ids.ts';
import type { Amounts } from './rules.ts';

export type Invoice = typeof invoices.$inferSelect;

/** Counts one up in a series, which stays locked until the transaction ends. */
export async function nextInSeries(tx: Db, kind: Amounts['kind'], year: number): Promise<number> {
  const [row] = await tx
    .insert(invoiceSeries)
    .values({ kind, year, last: 1 })
    .onConflictDoUpdate({
      target: [invoiceSeries.kind, invoiceSeries.year],
      set: { last: sql`${invoiceSeries.last} + 1` },
    })
    .returning({ last: invoiceSeries.last });
  if (!row) throw new Error('the database returned no number');
  return row.last;
}

export async function addInvoice(tx: Db, invoice: typeof invoices.$inferInsert): Promise<void> {
  await tx.insert(invoices).values(invoice);
}

/** Returns the latest invoice of a top-up. */
export async function latestInvoice(tx: Db, topUpId: string): Promise<Invoice | null> {
  const [found] = await tx
    .select()
    .from(invoices)
    .where(and(eq(invoices.topUpId, topUpId), eq(invoices.kind, 'invoice')))
    .orderBy(desc(invoices.issuedAt), desc(invoices.number))
    .limit(1);
  return found ?? null;
}

/** Returns the invoices and credit notes of top-ups, oldest first. */
export async function invoicesOf(db: Db, topUpIds: readonly string[]): Promise<Invoice[]> {
  if (topUpIds.length === 0) return [];
  return db
    .select()
    .from(invoices)
    .where(inArray(invoices.topUpId, [...topUpIds]))
    .orderBy(asc(invoices.issuedAt), asc(invoices.number));
}

/** Returns an invoice with the one that it corrects. */
export async function findInvoice(
  db: Db,
  id: string,
): Promise<{ invoice: Invoice; corrected: Invoice | null } | null> {
  if (!isUuid(id)) return null;
  const [invoice] = await db.select().from(invoices).where(eq(invoices.id, id));
  if (!invoice) return null;
  const { correctsId } = invoice;
  const corrected = correctsId === null ? null : await findInvoice(db, correctsId);
  return { invoice, corrected: corrected?.invoice ?? null };
}
