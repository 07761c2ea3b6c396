import { and, asc, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { accounts } from '#db/tables/accounts.ts';
import { events } from '#db/tables/events.ts';
import { agents } from '#db/tables/agents.ts';
import { vendors } from '#db/tables/vendors.ts';

/** The advisory lock for filling an empty database. */
const loadLock = 0x51_0e_21;

/** Runs `work`, which uses other connections, in one process at a time. */
export async function withLoadLock(db: Db, work: () => Promise<void>): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${loadLock})`);
    await work();
  });
}

/** Returns the last of these events, or null. */
export async function lastEvent(db: Db, names: readonly string[]) {
  const [event] = await db
    .select({ name: events.name, payload: events.payload })
    .from(events)
    .where(inArray(events.name, [...names]))
    .orderBy(desc(events.id))
    .limit(1);
  return event ?? null;
}

export async function hasVendors(db: Db): Promise<boolean> {
  return (await db.select({ id: vendors.id }).from(vendors).limit(1)).length > 0;
}

/** Returns the accounts with these addresses. */
export function accountsOf(db: Db, emails: readonly string[]) {
  return db
    .select({ id: accounts.id, name: accounts.name, role: accounts.role, buyerId: accounts.buyerId })
    .from(accounts)
    .where(inArray(accounts.email, [...emails]))
    .orderBy(asc(accounts.email));
}

/** Returns a vendor by slug, and its agent if an address is given. Null if either is missing. */
export async function vendorAndAgent(db: Db, slug: string, agentEmail: string | null) {
  const [found] = await db
    .select({ vendorId: vendors.id, agentId: agents.id, phone: agents.phone })
    .from(vendors)
    .leftJoin(agents, and(eq(agents.vendorId, vendors.id), eq(agents.email, agentEmail ?? '')))
    .where(eq(vendors.slug, slug));
  return !found || (agentEmail !== null && found.agentId === null) ? null : found;
}

const mostAgents = 2_000;

/** Returns agents with a phone number, by vendor. */
export async function agentPhones(db: Db) {
  const rows = await db
    .select({
      agentId: agents.id,
      name: agents.name,
      kind: agents.kind,
      phone: agents.phone,
      vendorId: vendors.id,
      vendor: vendors.name,
    })
    .from(agents)
    .innerJoin(vendors, eq(vendors.id, agents.vendorId))
    .where(isNotNull(agents.phone))
    .orderBy(asc(vendors.id), asc(agents.id))
    .limit(mostAgents);
  return rows.map(({ phone, ...agent }) => ({ ...agent, phone: phone ?? '' }));
}
