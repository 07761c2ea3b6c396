import { and, asc, eq, exists, gt, isNotNull, or, sql } from 'drizzle-orm';
import { builtOnce, type Given } from '#db/built.ts';
import { type Db, planOnce } from '#db/client.ts';
import { categories, offers, products } from '#db/tables/catalog.ts';
import { agentResponsibilities, agents } from '#db/tables/agents.ts';
import { vendors } from '#db/tables/vendors.ts';
import { announcing } from '#server/platform/realtime.ts';

/** Returns a row per offer and responsible agent (of its product or a category above it); sales first, then by name. */
export const responsibleAgents = (db: Db, offerIds: readonly number[]) =>
  responsible(db, { offerIds: `{${offerIds.join(',')}}` });

const responsible = builtOnce((db, { offerIds }: Given<{ offerIds: string }>) => {
  const answersFor = exists(
    db
      .select({ one: sql`1` })
      .from(agentResponsibilities)
      .where(
        and(
          eq(agentResponsibilities.agentId, agents.id),
          or(
            eq(agentResponsibilities.productId, products.id),
            sql`${agentResponsibilities.categoryId} = any(${categories.lineage})`,
          ),
        ),
      ),
  );
  return db
    .select({
      offerId: offers.id,
      vendorId: offers.vendorId,
      agentId: agents.id,
      name: agents.name,
      email: agents.email,
      kind: agents.kind,
      locale: agents.locale,
      languages: agents.languages,
      isCalled: sql<boolean>`${agents.phone} is not null and ${agents.callable}`,
    })
    .from(offers)
    .innerJoin(products, eq(products.id, offers.productId))
    .innerJoin(categories, eq(categories.id, products.categoryId))
    .innerJoin(agents, eq(agents.vendorId, offers.vendorId))
    .where(and(sql`${offers.id} = any(${offerIds}::bigint[]) ${planOnce}`, answersFor))
    .orderBy(asc(offers.id), asc(agents.kind), asc(agents.name), asc(agents.id));
});

/** Returns agents with a number and an id > `after`, by id. */
export function agentNumbers(db: Db, after: number, limit: number) {
  return db
    .select({
      agentId: agents.id,
      vendor: vendors.name,
      name: agents.name,
      phone: sql<string>`${agents.phone}`,
      callable: agents.callable,
    })
    .from(agents)
    .innerJoin(vendors, eq(vendors.id, agents.vendorId))
    .where(and(gt(agents.id, after), isNotNull(agents.phone)))
    .orderBy(asc(agents.id))
    .limit(limit);
}

/** Sets `callable` of agents whose number hasn't changed, and notifies watchers. Returns their ids. */
export async function setCallable(
  tx: Db,
  looked: readonly { agentId: number; phone: string | null }[],
  callable: boolean,
): Promise<number[]> {
  const changed = await tx.execute<{ id: string }>(sql`
    update agents set callable = ${callable}
    from jsonb_to_recordset(${JSON.stringify(looked)}::jsonb) as looked("agentId" bigint, phone text)
    where agents.id = looked."agentId" and agents.phone is not distinct from looked.phone
    returning agents.id, ${announcing(sql`'agent:' || agents.id`)}`);
  return changed.map(({ id }) => Number(id));
}

/** Adds a rating, 1 to 5, to a vendor's totals. */
export async function addRating(tx: Db, vendorId: number, rating: number): Promise<void> {
  await tx
    .update(vendors)
    .set({
      ratingCount: sql`${vendors.ratingCount} + 1`,
      ratingTotal: sql`${vendors.ratingTotal} + ${rating}`,
    })
    .where(eq(vendors.id, vendorId));
}
