import { and, asc, count, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { deliveryAddresses } from '#db/tables/delivery-addresses.ts';

export type AddressRow = typeof deliveryAddresses.$inferSelect;
export type TypedAddress = Pick<AddressRow, 'name' | 'place' | 'country'>;

/** Returns a person's addresses, the default first, then in the order they were added. */
export const addressesOf = (db: Db, buyerId: string): Promise<AddressRow[]> =>
  db
    .select()
    .from(deliveryAddresses)
    .where(eq(deliveryAddresses.buyerId, buyerId))
    .orderBy(desc(deliveryAddresses.isDefault), asc(deliveryAddresses.createdAt), asc(deliveryAddresses.id));

export async function countAddresses(db: Db, buyerId: string): Promise<number> {
  const [row] = await db
    .select({ total: count() })
    .from(deliveryAddresses)
    .where(eq(deliveryAddresses.buyerId, buyerId));
  return row?.total ?? 0;
}

export async function addAddress(
  tx: Db,
  row: Omit<typeof deliveryAddresses.$inferInsert, 'id'>,
): Promise<AddressRow> {
  const [added] = await tx.insert(deliveryAddresses).values(row).returning();
  if (!added) throw new Error('the database returned no address');
  return added;
}

const isOwn = (buyerId: string, id: string) =>
  and(eq(deliveryAddresses.id, id), eq(deliveryAddresses.buyerId, buyerId));

/** Returns null if the person has no such address. */
export async function changeAddress(
  tx: Db,
  buyerId: string,
  id: string,
  changes: TypedAddress & { isDefault?: true },
): Promise<AddressRow | null> {
  const [changed] = await tx.update(deliveryAddresses).set(changes).where(isOwn(buyerId, id)).returning();
  return changed ?? null;
}

/** Leaves a person without a default address, so that another can become it. */
export async function clearDefault(tx: Db, buyerId: string): Promise<void> {
  await tx
    .update(deliveryAddresses)
    .set({ isDefault: false })
    .where(and(eq(deliveryAddresses.buyerId, buyerId), eq(deliveryAddresses.isDefault, true)));
}

/** Makes the oldest address the default, if none is. */
export async function chooseDefault(tx: Db, buyerId: string): Promise<void> {
  await tx.execute(sql`
    update delivery_addresses set is_default = true
    where id = (
      select id from delivery_addresses where buyer_id = ${buyerId} order by created_at, id limit 1)
    and not exists (select from delivery_addresses where buyer_id = ${buyerId} and is_default)`);
}

/** Returns whether there was such an address. */
export async function removeAddress(tx: Db, buyerId: string, id: string): Promise<boolean> {
  const removed = await tx
    .delete(deliveryAddresses)
    .where(isOwn(buyerId, id))
    .returning({ id: deliveryAddresses.id });
  return removed.length > 0;
}

export async function removeAddresses(tx: Db, buyerId: string): Promise<void> {
  await tx.delete(deliveryAddresses).where(eq(deliveryAddresses.buyerId, buyerId));
}
