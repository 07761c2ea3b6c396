import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { events } from '#db/tables/events.ts';
import { announcing } from './realtime.ts';

export interface NewEvent {
  name: string;
  /** "buyer:<id>", "account:<id>", "delivery:<id>" or "follow:<request id>" (by the link in a mail), or "system". */
  actor: string;
  at: Date;
  /** What the event is about. */
  subjectType?: string;
  subjectId?: string;
  payload: Record<string, unknown>;
}

type EventFields<P> = Pick<NewEvent, 'actor' | 'at'> & { payload: P };

/** Defines an event without a subject, and its payload. */
export function defineEvent<P extends object>(name: string): (fields: EventFields<P>) => NewEvent;
/** Defines an event about a subject: `defineEvent<{...}>('request.sent', 'request')`. */
export function defineEvent<P extends object>(
  name: string,
  subjectType: string,
): (fields: EventFields<P> & { subjectId: string }) => NewEvent;
export function defineEvent(name: string, subjectType?: string) {
  return (fields: Omit<NewEvent, 'name' | 'subjectType'>): NewEvent => ({ name, subjectType, ...fields });
}

/** Writes events in the transaction that caused them, and notifies watchers of their subjects (`request:<id>`). */
export async function record(tx: Db, newEvents: NewEvent[]): Promise<void> {
  if (newEvents.length === 0) return;
  const announced = announcing(sql`${events.subjectType} || ':' || ${events.subjectId}`);
  await tx
    .insert(events)
    .values(newEvents)
    .returning({ announced: sql`case when ${events.subjectId} is not null then ${announced} end` });
}
