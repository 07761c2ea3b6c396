import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Simulator } from '#server/dev/twilio/port.ts';
import type { World } from '../../world.ts';

/** What the service recorded of calls and what happened on the simulated network, to be compared. */
export interface CallSources {
  simulator: Pick<Simulator, 'ledger'>;
  /** In real time: seconds by which rounding may change a duration; what callbacks came late is added. */
  roundedWithin?: number;
  service: { ctx: { db: Db } };
  /** Reads a call and its legs from the database. */
  record(callId: string): Promise<CallRecord>;
  /** Counts the agents whom calls still keep reserved. */
  countReserved(): Promise<number>;
  /** Waits until `isSo` returns true; throws after `within` seconds. */
  until: (isSo: () => boolean | Promise<boolean>, within?: number) => Promise<void>;
}

export interface CallRecord {
  state: string;
  outcome: string | null;
  ended_by: string | null;
  talk_seconds: number | null;
  agent_id: string | null;
  closings: number;
  legs: {
    role: string;
    agent_id: string | null;
    sid: string | null;
    status: string;
    result: string | null;
    duration_seconds: number | null;
    answered_at: string | null;
    released: boolean;
    poisoned: boolean;
  }[];
}

export async function readCallRecord(db: Db, callId: string): Promise<CallRecord> {
  const [row] = await db.execute<CallRecord & Record<string, unknown>>(sql`
    select state, outcome, ended_by, talk_seconds, agent_id::text,
      (select count(*)::int from call_events e where e.call_id = c.id and e.to_state = 'closed') as closings,
      (select coalesce(jsonb_agg(jsonb_build_object('role', role, 'agent_id', agent_id::text, 'sid', sid,
        'status', status, 'result', result, 'duration_seconds', duration_seconds, 'answered_at', answered_at,
        'poisoned', poisoned, 'released', released_at is not null) order by id), '[]') from call_legs l where l.call_id = c.id) as legs
    from calls c where id = ${callId}`);
  if (!row) throw new Error(`no call ${callId}`);
  return row;
}

export async function countReserved(db: Db): Promise<number> {
  const [row] = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from call_legs where role = 'agent' and released_at is null`,
  );
  return row?.n ?? 0;
}

/** Adds an agent of sever with milan's responsibilities; returns their id. */
export async function addAgent(
  db: Db,
  world: World,
  { name, phone, email }: { name: string; phone: string; email: string },
): Promise<number> {
  const [row] = await db.execute<{ id: string }>(sql`
    insert into agents (vendor_id, name, email, kind, languages, phone, locale)
    select vendor_id, ${name}, ${email}, kind, languages, ${phone}, 'en'
    from agents where email = ${world.mail.milan} returning id::text`);
  const id = Number(row?.id);
  await db.execute(sql`
    insert into agent_responsibilities (agent_id, category_id, product_id)
    select ${id}, category_id, product_id from agent_responsibilities
    where agent_id = ${Number(world.agents.milan)}`);
  return id;
}
