import { sql } from 'drizzle-orm';
import { bigint, customType, numeric, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Catalogue rows: short ids that people see in URLs. */
export const serialId = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();

/** Returns everything else: time-ordered uuids made by the database. */
export const uuidId = () =>
  uuid('id')
    .primaryKey()
    .default(sql`uuidv7()`);

/** UTC instants. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });

/** Money and unit prices: exact, to 1/10000 of the currency's unit, read and written as decimal strings. */
export const money = (name: string) => numeric(name, { precision: 20, scale: 4 });

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });
