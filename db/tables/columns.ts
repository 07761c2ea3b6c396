import { sql } from 'drizzle-orm';
import { bigint, customType, numeric, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Returns a short numeric id, for catalogue rows that appear in URLs. */
export const serialId = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();

/** Returns a time-ordered UUID, for all other tables. */
export const uuidId = () =>
  uuid('id')
    .primaryKey()
    .default(sql`uuidv7()`);

/** Returns a column of UTC instants with milliseconds. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });

/** Returns a column of amounts, in up to 1/10000 of the currency's unit, as decimal strings. */
export const money = (name: string) => numeric(name, { precision: 20, scale: 4 });

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

/** A text whose indexes find beginnings, in every database locale. */
export const textByBytes = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** A transaction's number that is never used again, unlike `xmin`. */
export const transactionId = customType<{ data: string }>({ dataType: () => 'xid8' });
