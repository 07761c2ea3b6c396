import type { Db } from '#db/client.ts';
import { events } from '#db/tables/events.ts';
import { announce } from './realtime.ts';

export interface Happened {
  name: string;
  /** "visitor:<id>", "delivery:<id>" (the holder of that mail's link), "account:<id>" or "system". */
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
 * statement for any number, and one to announce.
 */
export async function record(tx: Db, happened: Happened[]): Promise<void> {
  if (happened.length === 0) return;
  await tx.insert(events).values(happened);
  await announce(
    tx,
    happened.flatMap(({ requestId }) => (requestId ? [`request:${requestId}` as const] : [])),
  );
}
