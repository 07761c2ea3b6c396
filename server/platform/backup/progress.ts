import type postgres from 'postgres';
import { messageOf } from '../log.ts';

export type Part = 'base' | 'log';

export interface Progress {
  part: Part;
  triedAt: Date;
  doneAt: Date | null;
  failure: string | null;
}

export async function readProgress(sql: postgres.Sql): Promise<Progress[]> {
  return sql<Progress[]>`
    select part, tried_at as "triedAt", done_at as "doneAt", failure from backup_progress order by part`;
}

/** Notes the beginning of an attempt. Returns its time by the database's clock. */
export async function beginAttempt(sql: postgres.Sql, part: Part): Promise<Date> {
  const [row] = await sql<{ at: Date }[]>`
    insert into backup_progress (part, tried_at) values (${part}, date_trunc('milliseconds', clock_timestamp()))
    on conflict (part) do update set tried_at = excluded.tried_at returning tried_at as at`;
  if (!row) throw new Error('the attempt was not noted');
  return row.at;
}

export async function noteSuccess(sql: postgres.Sql, part: Part, at: Date): Promise<void> {
  await sql`update backup_progress set done_at = ${at}, failure = null where part = ${part}`;
}

const longestFailure = 500;

export async function noteFailure(sql: postgres.Sql, part: Part, error: unknown): Promise<void> {
  const failure = messageOf(error).slice(0, longestFailure);
  await sql`
    insert into backup_progress (part, tried_at, failure) values (${part}, clock_timestamp(), ${failure})
    on conflict (part) do update set failure = excluded.failure`;
}
