import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { events } from '#db/tables/events.ts';
import { announcing } from './realtime.ts';

export interface Happened {
  name: string;
  /** "buyer:<id>", "delivery:<id>" (the holder of that mail's link), "account:<id>" or "system". */
  actor: string;
  at: Date;
  /** What it happened to. */
  subjectType?: string;
  subjectId?: string;
  payload: Record<string, unknown>;
}

type Told<P> = Pick<Happened, 'actor' | 'at'> & { payload: P };

/** Returns names an event that has no subject, and the shape of its payload. */
export function defineEvent<P extends object>(name: string): (told: Told<P>) => Happened;
/**
 * Returns names an event of a type of subject: `export const requestSent = defineEvent<{...}>('request.sent',
 * 'request')`.
 */
export function defineEvent<P extends object>(
  name: string,
  subjectType: string,
): (told: Told<P> & { subjectId: string }) => Happened;
export function defineEvent(name: string, subjectType?: string) {
  return (told: Omit<Happened, 'name' | 'subjectType'>): Happened => ({ name, subjectType, ...told });
}

/**
 * Writes what happened, in the transaction in which it happened, and announces what it happened to, such as
 * `request:<id>`. Takes any number.
 */
export async function record(tx: Db, happened: Happened[]): Promise<void> {
  if (happened.length === 0) return;
  const announced = announcing(sql`${events.subjectType} || ':' || ${events.subjectId}`);
  await tx
    .insert(events)
    .values(happened)
    .returning({ announced: sql`case when ${events.subjectId} is not null then ${announced} end` });
}
