import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { agents } from '#db/tables/agents.ts';
import { calls } from '#db/tables/calls.ts';
import { liveOffers, offers, products } from '#db/tables/catalog.ts';
import type { KeptSubject } from '#db/tables/complaints.ts';
import { enquiries, requests } from '#db/tables/requests.ts';
import { vendors } from '#db/tables/vendors.ts';
import type { ComplaintSubjectType } from '#server/common/enums/complaints.ts';
import { isUuid, rowId } from '#server/common/ids.ts';
import { mayActFor } from '#server/companies/service.ts';
import { payerOfCall } from '#server/credits/service.ts';
import { isSeenBy, type Viewer } from '#server/platform/auth/seeing.ts';

/** What a buyer can complain about, with the vendors it concerns. */
export interface FoundSubject {
  subject: KeptSubject;
  vendors: { id: number; name: string; timeZone: string }[];
  /** Whose request it is, or whose credit paid for the call; null: the buyer's own. */
  companyId: string | null;
  /** Why it isn't possible now. */
  obstacle?: 'forbidden' | 'subject_not_over' | 'not_an_order';
}

const vendor = { id: vendors.id, name: vendors.name, timeZone: vendors.timeZone };

/** Returns a thing that the buyer sees, their own or of their company, or a product; null if there is none. */
export async function findSubject(
  db: Db,
  viewer: Viewer,
  type: ComplaintSubjectType,
  id: string,
): Promise<FoundSubject | null> {
  if (type === 'product') return findProduct(db, rowId(id));
  if (!isUuid(id)) return null;
  return type === 'call' ? findCall(db, viewer, id) : findEnquiry(db, viewer, id, type === 'order');
}

async function findCall(db: Db, { buyerId, member }: Viewer, id: string): Promise<FoundSubject | null> {
  const [row] = await db
    .select({ call: calls, agent: agents.name, product: products.name, code: products.code, vendor })
    .from(calls)
    .innerJoin(vendors, eq(vendors.id, calls.vendorId))
    .leftJoin(agents, eq(agents.id, calls.agentId))
    .leftJoin(offers, eq(offers.id, calls.offerId))
    .leftJoin(products, eq(products.id, offers.productId))
    .where(and(eq(calls.id, id), eq(calls.buyerId, buyerId)));
  if (!row) return null;
  const { call, agent, product, code } = row;
  const payer = await payerOfCall(db, id);
  const companyId = payer?.type === 'company' ? payer.id : null;
  // The complaint would belong to a company that they have left.
  if (companyId !== null && companyId !== member?.companyId) return null;
  return {
    subject: {
      ...{ title: product ?? row.vendor.name, at: call.requestedAt.toISOString() },
      ...(code && { number: code }),
      ...(agent && { agent }),
      ...(call.talkSeconds !== null && { seconds: call.talkSeconds }),
    },
    vendors: [row.vendor],
    companyId,
    ...(call.state !== 'closed' && { obstacle: 'subject_not_over' as const }),
  };
}

const orderedStates: readonly string[] = ['accepted', 'partly_accepted', 'confirmed'];

/** An order has no row of its own yet: it is an enquiry of which lines were accepted or confirmed. */
async function findEnquiry(
  db: Db,
  viewer: Viewer,
  id: string,
  isOrder: boolean,
): Promise<FoundSubject | null> {
  const [row] = await db
    .select({ request: requests, status: enquiries.status, vendor })
    .from(enquiries)
    .innerJoin(requests, eq(requests.id, enquiries.requestId))
    .innerJoin(vendors, eq(vendors.id, enquiries.vendorId))
    .where(and(eq(enquiries.id, id), isSeenBy('requests', viewer)));
  if (!row) return null;
  const { number, title, createdAt, buyerId, companyId } = row.request;
  const isOrdered = orderedStates.includes(row.status);
  return {
    subject: { title: title || number, number, at: createdAt.toISOString() },
    vendors: [row.vendor],
    companyId,
    ...(isOrder && !isOrdered && { obstacle: 'not_an_order' as const }),
    ...(!mayActFor(viewer, buyerId) && { obstacle: 'forbidden' as const }),
  };
}

async function findProduct(db: Db, id: number | null): Promise<FoundSubject | null> {
  if (id === null) return null;
  const rows = await db
    .selectDistinct({ name: products.name, code: products.code, vendor })
    .from(products)
    .innerJoin(liveOffers, eq(liveOffers.productId, products.id))
    .innerJoin(vendors, eq(vendors.id, liveOffers.vendorId))
    .where(eq(products.id, id))
    .orderBy(asc(vendors.name), asc(vendors.id));
  const [first] = rows;
  if (!first) return null;
  return {
    subject: { title: first.name, ...(first.code && { number: first.code }) },
    vendors: rows.map((row) => row.vendor),
    companyId: null,
  };
}
