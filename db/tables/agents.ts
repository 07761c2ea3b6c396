import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  time,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { agentKinds } from '#server/common/enums/agents.ts';
import { categories, products } from './catalog.ts';
import { instant, serialId } from './columns.ts';
import { vendors } from './vendors.ts';

/** A person at a vendor who is responsible for some of its products. `phone` must never reach a browser. */
export const agents = pgTable(
  'agents',
  {
    id: serialId(),
    vendorId: bigint('vendor_id', { mode: 'number' })
      .notNull()
      .references(() => vendors.id),
    name: text('name').notNull(),
    email: text('email').notNull(),
    kind: text('kind', { enum: agentKinds }).notNull(),
    languages: text('languages').array().notNull().default([]),
    phone: text('phone'),
    /** Whether the number may be called by its kind and country. Admission computes it from the configuration. */
    callable: boolean('callable').notNull().default(true),
    locale: text('locale').notNull().default('en'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('agents_vendor_email_key').on(t.vendorId, t.email),
    // Digits only, because catalogues format numbers differently.
    index('agents_phone').on(sql`ltrim(regexp_replace(${t.phone}, '[^0-9]', '', 'g'), '0')`),
  ],
);

/** A responsibility of an agent: a category with everything below it, or one product. */
export const agentResponsibilities = pgTable(
  'agent_responsibilities',
  {
    id: serialId(),
    agentId: bigint('agent_id', { mode: 'number' })
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    categoryId: bigint('category_id', { mode: 'number' }).references(() => categories.id),
    productId: bigint('product_id', { mode: 'number' }).references(() => products.id),
  },
  (t) => [
    unique('agent_responsibilities_key').on(t.agentId, t.categoryId, t.productId).nullsNotDistinct(),
    index('agent_responsibilities_product')
      .on(t.productId)
      .where(sql`${t.productId} is not null`),
    check('agent_responsibilities_one', sql`num_nonnulls(${t.categoryId}, ${t.productId}) = 1`),
  ],
);

/** Working hours by weekday (ISO: Monday is 1), in the vendor's time zone. No row: not working. */
export const agentHours = pgTable(
  'agent_hours',
  {
    agentId: bigint('agent_id', { mode: 'number' })
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    weekday: smallint('weekday').notNull(),
    opens: time('opens').notNull(),
    closes: time('closes').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.agentId, t.weekday] }),
    check('agent_hours_weekday', sql`${t.weekday} between 1 and 7`),
    check('agent_hours_order', sql`${t.opens} < ${t.closes}`),
  ],
);
