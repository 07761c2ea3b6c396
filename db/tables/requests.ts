import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { productKinds } from '#server/common/enums/catalog.ts';
import {
  enquiryStatuses,
  messageAuthors,
  messageKinds,
  requestKinds,
} from '#server/common/enums/requests.ts';
import type { ListTotal } from '#server/common/list-total.ts';
import { buyers, visitors } from './buyers.ts';
import { bytea, instant, money, uuidId } from './columns.ts';
import { companies } from './companies.ts';
import { solutions } from './solutions.ts';
import { vendors } from './vendors.ts';

export const requestNumbers = pgSequence('request_numbers');

/** A sent solution. Its lines and the enquiries' lines are immutable, by triggers. */
export const requests = pgTable(
  'requests',
  {
    id: uuidId(),
    number: text('number').notNull(),
    kind: text('kind', { enum: requestKinds }).notNull(),
    buyerId: uuid('buyer_id')
      .notNull()
      .references(() => buyers.id),
    /** The company that its buyer belonged to when it was sent, whose people see it; null: none. */
    companyId: uuid('company_id').references(() => companies.id),
    visitorId: uuid('visitor_id').references(() => visitors.id),
    solutionId: uuid('solution_id')
      .notNull()
      .references(() => solutions.id),
    title: text('title').notNull().default(''),
    contactName: text('contact_name').notNull(),
    contactEmail: text('contact_email').notNull(),
    contactPhone: text('contact_phone'),
    contactCompany: text('contact_company'),
    contactTaxId: text('contact_tax_id'),
    delivery: jsonb('delivery').$type<{ place?: string; country?: string; neededBy?: string }>(),
    /** Where the invoice goes; null: to the place of delivery. */
    billing: jsonb('billing').$type<{ place: string; country: string }>(),
    /** What an order needs and the request didn't have, given with the first acceptance. */
    orderDetails: jsonb('order_details').$type<{
      company?: string;
      place?: string;
      country?: string;
      billing?: { place: string; country: string };
    }>(),
    message: text('message').notNull().default(''),
    /** The deadline for answers. Enquiries may get a later one. */
    deadline: instant('deadline'),
    locale: text('locale').notNull().default('en'),
    /** The buyer's IANA time zone; null: unknown. */
    timeZone: text('time_zone'),
    /** What the lines cost at the lowest list prices when it was sent; null: sent before this was kept. */
    listTotal: jsonb('list_total').$type<ListTotal>(),
    /** Part of the follow link. Raising it revokes links sent before. */
    linkVersion: integer('link_version').notNull().default(1),
    /** Null: the follow link works. */
    followRevokedAt: instant('follow_revoked_at'),
    idempotencyKey: text('idempotency_key'),
    bodyHash: bytea('body_hash'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('requests_number_key').on(t.number),
    uniqueIndex('requests_idempotency_key').on(t.visitorId, t.idempotencyKey),
    uniqueIndex('requests_solution_key').on(t.solutionId),
    index('requests_buyer').on(t.buyerId, t.createdAt).concurrently(),
    index('requests_company').on(t.companyId, t.createdAt).concurrently(),
    index('requests_visitor').on(t.visitorId, t.createdAt),
    // For the requests of a proven address.
    index('requests_contact_email')
      .on(sql`lower(${t.contactEmail})`)
      .concurrently(),
  ],
);

/** A line of the specification as sent. Its id is `lineId` in the API. */
export const requestLines = pgTable(
  'request_lines',
  {
    id: uuidId(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    position: integer('position').notNull(),
    productId: bigint('product_id', { mode: 'number' }).notNull(),
    productCode: text('product_code').notNull(),
    productName: text('product_name').notNull(),
    productKind: text('product_kind', { enum: productKinds }).notNull(),
    categoryPath: text('category_path').notNull(),
    image: text('image'),
    quantity: integer('quantity').notNull(),
    options: jsonb('options').$type<Record<string, string>>().notNull().default({}),
    note: text('note').notNull().default(''),
  },
  (t) => [uniqueIndex('request_lines_position_key').on(t.requestId, t.position)],
);

/** One vendor's part of a request. */
export const enquiries = pgTable(
  'enquiries',
  {
    id: uuidId(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    vendorId: bigint('vendor_id', { mode: 'number' })
      .notNull()
      .references(() => vendors.id),
    vendorName: text('vendor_name').notNull(),
    vendorTimeZone: text('vendor_time_zone').notNull(),
    status: text('status', { enum: enquiryStatuses }).notNull().default('sent'),
    /** The vendor's deadline: the request's, unless the buyer gave more time. */
    deadline: instant('deadline'),
    /** When answer links expire. Later deadlines and validities extend it. */
    linksExpireAt: instant('links_expire_at').notNull(),
    linkVersion: integer('link_version').notNull().default(1),
    statusAt: instant('status_at').notNull(),
  },
  (t) => [
    uniqueIndex('enquiries_vendor_key').on(t.requestId, t.vendorId),
    // A vendor's open enquiries by urgency. The deadline doesn't apply to `revision_asked`.
    index('enquiries_answerable')
      .on(
        t.vendorId,
        sql`(case when ${t.status} = 'revision_asked' then ${t.linksExpireAt} else least(${t.deadline}, ${t.linksExpireAt}) end)`,
      )
      .where(sql`${t.status} in ('sent', 'opened', 'revision_asked')`)
      .concurrently(),
    // For processes of the previous release.
    index('enquiries_open')
      .on(t.vendorId, sql`least(${t.deadline}, ${t.linksExpireAt})`)
      .where(sql`${t.status} in ('sent', 'opened', 'revision_asked')`),
  ],
);

/** A vendor's terms of a line at the time of sending. Null list price: "on request". */
export const enquiryLines = pgTable(
  'enquiry_lines',
  {
    enquiryId: uuid('enquiry_id')
      .notNull()
      .references(() => enquiries.id),
    requestLineId: uuid('request_line_id')
      .notNull()
      .references(() => requestLines.id),
    offerId: bigint('offer_id', { mode: 'number' }).notNull(),
    sku: text('sku').notNull(),
    unit: text('unit').notNull(),
    listPrice: money('list_price'),
    currency: text('currency').notNull(),
    minimum: integer('minimum').notNull(),
    packSize: integer('pack_size').notNull(),
    leadTimeDays: integer('lead_time_days'),
  },
  (t) => [
    primaryKey({ columns: [t.enquiryId, t.requestLineId] }),
    index('enquiry_lines_request_line').on(t.requestLineId),
  ],
);

/** The thread between the buyer and one vendor. */
export const enquiryMessages = pgTable(
  'enquiry_messages',
  {
    id: uuidId(),
    enquiryId: uuid('enquiry_id')
      .notNull()
      .references(() => enquiries.id),
    author: text('author', { enum: messageAuthors }).notNull(),
    authorName: text('author_name').notNull(),
    /** `more_time` asks for, and `deadline` grants, a later deadline; `revision` asks for a new quote. */
    kind: text('kind', { enum: messageKinds }).notNull().default('message'),
    text: text('text').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('enquiry_messages_enquiry').on(t.enquiryId, t.createdAt),
    check('enquiry_messages_text', sql`length(${t.text}) <= 10000`),
  ],
);
