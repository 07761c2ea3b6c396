import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { events } from '#db/tables/events.ts';
import { announcing } from './realtime.ts';

export interface Happened {
  name: string;
  /** "buyer:<id>", "delivery:<id>" (the holder of that mail's link), "account:<id>" or "system". */
  actor: string;
  at: Date;
  requestId?: string;
  enquiryId?: string;
  payload: Record<string, unknown>;
}

/** Names an event and the shape of its payload: `export const requestSent = defineEvent<{...}>('request.sent')`. */
export function defineEvent<P extends Record<string, unknown>>(name: string) {
  return (about: Omit<Happened, 'name' | 'payload'> & { payload: P }): Happened => ({ name, ...about });
}

/**
 * Writes what happened, in the transaction in which it happened, and announces the requests it happened to: one
 * statement for any number.
 */
export async function record(tx: Db, happened: Happened[]): Promise<void> {
  if (happened.length === 0) return;
  const announced = announcing(sql`'request:' || ${events.requestId}`);
  await tx
    .insert(events)
    .values(happened)
    .returning({ announced: sql`case when ${events.requestId} is not null then ${announced} end` });
}
