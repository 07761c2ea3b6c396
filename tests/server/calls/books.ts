import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Simulator } from '#server/dev/twilio/port.ts';
import type { World } from '../../world.ts';

/** Where the books of calls and the lines of the telephone network can be compared. */
export interface Books {
  simulator: Pick<Simulator, 'ledger'>;
  /** Seconds by which a length of ours may differ where real time passes between a key and our hearing of it. */
  roundedWithin?: number;
  service: { ctx: { db: Db } };
  /** The call as the database has it, with its legs. */
  book(callId: string): Promise<Book>;
  /** Agents that something still pins. */
  pinned(): Promise<number>;
  /** Waits until it is so; throws when it isn't after `within` seconds. */
  until: (isSo: () => boolean | Promise<boolean>, within?: number) => Promise<void>;
}

export interface Book {
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
    released: boolean;
    poisoned: boolean;
  }[];
}

export async function readBook(db: Db, callId: string): Promise<Book> {
  const [row] = await db.execute<Book & Record<string, unknown>>(sql`
    select state, outcome, ended_by, talk_seconds, agent_id::text,
      (select count(*)::int from call_events e where e.call_id = c.id and e.to_state = 'closed') as closings,
      (select coalesce(jsonb_agg(jsonb_build_object('role', role, 'agent_id', agent_id::text, 'sid', sid,
        'status', status, 'result', result, 'duration_seconds', duration_seconds, 'poisoned', poisoned,
        'released', released_at is not null) order by id), '[]') from call_legs l where l.call_id = c.id) as legs
    from calls c where id = ${callId}`);
  if (!row) throw new Error(`no call ${callId}`);
  return row;
}

export async function countPinned(db: Db): Promise<number> {
  const [row] = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from call_legs where role = 'agent' and released_at is null`,
  );
  return row?.n ?? 0;
}

/** Another agent of sever's, who answers for what milan does; its id. */
export async function hire(
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
