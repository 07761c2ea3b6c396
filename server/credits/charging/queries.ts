import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { callCharges, supportRates } from '#db/tables/call-charges.ts';
import { ledgerAccounts, ledgerHolds } from '#db/tables/ledger.ts';

/** Returns what a minute of a vendor's support takes by its agreement; null without one. */
export async function agreedRate(db: Db, vendorId: number): Promise<bigint | null> {
  const [found] = await db
    .select({ rate: supportRates.rate })
    .from(supportRates)
    .where(eq(supportRates.vendorId, vendorId));
  return found?.rate ?? null;
}

export type ChargeRow = typeof callCharges.$inferSelect;

/** A charge with its hold and the account that pays. */
export interface FoundCharge {
  charge: ChargeRow;
  held: bigint;
  account: Pick<typeof ledgerAccounts.$inferSelect, 'ownerType' | 'ownerId' | 'unit'>;
}

const selectCharges = (db: Db) =>
  db
    .select({
      charge: callCharges,
      held: ledgerHolds.amount,
      account: {
        ownerType: ledgerAccounts.ownerType,
        ownerId: ledgerAccounts.ownerId,
        unit: ledgerAccounts.unit,
      },
    })
    .from(callCharges)
    .innerJoin(ledgerHolds, eq(ledgerHolds.id, callCharges.holdId))
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerHolds.accountId));

export async function findCharge(db: Db, callId: string): Promise<FoundCharge | null> {
  const [found] = await selectCharges(db).where(eq(callCharges.callId, callId));
  return found ?? null;
}

/** Locks the charge of a call. */
export async function lockCharge(tx: Db, callId: string): Promise<FoundCharge | null> {
  const [found] = await selectCharges(tx)
    .where(eq(callCharges.callId, callId))
    .for('no key update', { of: callCharges });
  return found ?? null;
}

export async function addCharge(
  tx: Db,
  charge: { callId: string; holdId: string; rate: bigint },
): Promise<void> {
  await tx.insert(callCharges).values(charge);
}

/** Settles the charge of a call. Throws if it was settled before. */
export async function settle(
  tx: Db,
  callId: string,
  settled: { seconds: number; charge: bigint; balance: bigint; settledAt: Date },
): Promise<void> {
  const rows = await tx
    .update(callCharges)
    .set(settled)
    .where(and(eq(callCharges.callId, callId), isNull(callCharges.settledAt)))
    .returning({ callId: callCharges.callId });
  if (rows.length !== 1) throw new Error(`the charge of ${callId} was settled before`);
}

/** Notes what is given back of a charge. Returns false if that is more than is left of it. */
export async function addRefunded(tx: Db, callId: string, amount: bigint): Promise<boolean> {
  const refunded = await tx
    .update(callCharges)
    .set({ refunded: sql`${callCharges.refunded} + ${amount}` })
    .where(
      and(eq(callCharges.callId, callId), sql`${callCharges.refunded} + ${amount} <= ${callCharges.charge}`),
    )
    .returning({ callId: callCharges.callId });
  return refunded.length > 0;
}

/** Returns what a person's calls since then took of a company's credit and kept, with what is held for one that runs. */
export async function usedSince(
  db: Db,
  buyerId: string,
  { companyId, since }: { companyId: string; since: Date },
): Promise<bigint> {
  const [row] = await db.execute<{ used: string }>(sql`
    select coalesce(sum(case h.state when 'open' then h.amount when 'captured' then h.captured - c.refunded end), 0)::text as used
    from call_charges c
    join calls k on k.id = c.call_id
    join ledger_holds h on h.id = c.hold_id
    join ledger_accounts a on a.id = h.account_id
    where k.buyer_id = ${buyerId}::uuid and a.owner_type = 'company' and a.owner_id = ${companyId}
      and h.at >= ${since.toISOString()}::timestamptz`);
  return BigInt(row?.used ?? 0);
}
