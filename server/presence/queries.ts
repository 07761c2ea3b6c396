import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { graceSeconds, leaseSeconds, missesUntilUnreachable, type WorkingDay } from './rules.ts';
import type { Declared, Status } from './schema.ts';

const idArray = (ids: readonly number[]) => sql`${`{${ids.join(',')}}`}::bigint[]`;
const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`;
const earlier = (at: Date, seconds: number) => instant(new Date(at.getTime() - seconds * 1000));

/**
 * Returns the status at `now` of an agent_presence row `p`, which may be missing. Busy in a call; offline without a
 * callable number, or without an open page or a phone window; else as declared.
 */
const effectiveStatus = (now: Date): SQL => sql`case
  when exists (select from call_legs l
    where l.agent_id = p.agent_id and l.role = 'agent' and l.released_at is null) then 'busy'
  when p.agent_id is null or p.declared = 'offline' or p.unreachable_since is not null then 'offline'
  when not exists (select from agents n
    where n.id = p.agent_id and n.phone is not null and n.callable) then 'offline'
  when p.phone_until > ${instant(now)} then p.declared
  when exists (select from agent_leases s
    where s.agent_id = p.agent_id and s.expires_at > ${earlier(now, graceSeconds)}) then p.declared
  else 'offline' end`;

/**
 * Locks the agents' presence rows by id, inserting missing ones. Status must be computed by a later statement, to see
 * what others committed while this one waited.
 */
export async function lockPresence(tx: Db, agentIds: readonly number[], now: Date): Promise<void> {
  await tx.execute(sql`
    insert into agent_presence as p (agent_id, declared_at, status_since)
    select a.id, ${instant(now)}, ${instant(now)} from agents a
    where a.id = any(${idArray(agentIds)}) order by a.id
    on conflict (agent_id) do update set status = p.status where false`);
}

/** Updates the agents' statuses. Returns the ids of those that changed. */
export async function recompute(tx: Db, agentIds: readonly number[], now: Date): Promise<number[]> {
  const changed = await tx.execute<{ id: string }>(sql`
    update agent_presence set status = found.status, status_since = ${instant(now)}
    from (select p.agent_id, ${effectiveStatus(now)} as status
      from agent_presence p where p.agent_id = any(${idArray(agentIds)})) as found
    where agent_presence.agent_id = found.agent_id and agent_presence.status <> found.status
    returning agent_presence.agent_id::text as id`);
  return changed.map(({ id }) => Number(id));
}

/** Returns the ids of agents whose stored status is out of date. */
export async function outdatedAgents(db: Db, now: Date): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select p.agent_id::text as id from agent_presence p
    where (p.status <> 'offline' or p.phone_until > ${instant(now)}
      or exists (select from agent_leases s where s.agent_id = p.agent_id))
      and p.status <> ${effectiveStatus(now)}
    order by p.agent_id`);
  return rows.map(({ id }) => Number(id));
}

/** Returns the ids of available agents, longest-available first. */
export async function freeAgents(db: Db, agentIds: readonly number[], now: Date): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select p.agent_id::text as id from agent_presence p
    where p.agent_id = any(${idArray(agentIds)}) and ${effectiveStatus(now)} = 'available'
    order by p.status_since, p.agent_id`);
  return rows.map(({ id }) => Number(id));
}

/** Sets the agents' declared status, and makes unreachable ones reachable. Rows must exist. */
export async function setDeclared(
  tx: Db,
  agentIds: readonly number[],
  declaration: { declared: Declared; phoneUntil: Date | null },
  now: Date,
): Promise<void> {
  const phoneUntil = declaration.phoneUntil ? instant(declaration.phoneUntil) : sql`null`;
  await tx.execute(sql`
    update agent_presence set declared = ${declaration.declared}, declared_at = ${instant(now)},
      phone_until = ${phoneUntil}, misses = 0, unreachable_since = null
    where agent_id = any(${idArray(agentIds)})`);
}

/** Counts a call that the agent didn't answer. The row must exist. */
export async function countMiss(tx: Db, agentId: number, now: Date): Promise<void> {
  await tx.execute(sql`
    update agent_presence set misses = misses + 1, unreachable_since = case
      when misses + 1 >= ${missesUntilUnreachable} then coalesce(unreachable_since, ${instant(now)}) end
    where agent_id = ${agentId}`);
}

export async function resetMisses(tx: Db, agentId: number): Promise<void> {
  await tx.execute(sql`update agent_presence set misses = 0 where agent_id = ${agentId} and misses > 0`);
}

/** An agent's connection, and how long its browser has been silent. */
export interface Lease {
  connectionId: string;
  agentId: number;
  silentSeconds?: number;
}

/** Inserts or extends leases, to `leaseSeconds` after the browser last sent anything. */
export async function renewLeases(db: Db, leases: readonly Lease[], now: Date): Promise<void> {
  const rows = leases.map(({ connectionId, agentId, silentSeconds = 0 }) => {
    const lastsOn = Math.max(0, leaseSeconds - silentSeconds);
    return { connection: connectionId, agent: agentId, until: new Date(now.getTime() + lastsOn * 1000) };
  });
  await db.execute(sql`
    insert into agent_leases as s (connection_id, agent_id, expires_at, opened_at)
    select own.connection, own.agent, own.until, ${instant(now)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as own (connection uuid, agent bigint, until timestamptz)
    join agents a on a.id = own.agent
    order by own.connection
    on conflict (connection_id) do update set expires_at = greatest(s.expires_at, excluded.expires_at)`);
}

/** Expires the leases of closed connections now, which starts the grace period. */
export async function endLeases(tx: Db, connectionIds: readonly string[], now: Date): Promise<void> {
  await tx.execute(sql`
    update agent_leases set expires_at = greatest(opened_at, least(expires_at, ${instant(now)}))
    where connection_id = any(${`{${connectionIds.join(',')}}`}::uuid[])`);
}

/** Deletes leases after their grace period. */
export async function deleteExpiredLeases(db: Db, now: Date): Promise<void> {
  await db.execute(sql`delete from agent_leases where expires_at <= ${earlier(now, graceSeconds)}`);
}

/** An agent's public data. `hours` only for those offline. */
export interface PublicAgentRow extends Record<string, unknown> {
  agentId: number;
  vendorId: string;
  name: string;
  kind: 'sales' | 'support';
  languages: string[];
  status: Status;
  /** ISO 8601, or null. */
  since: string | null;
  timeZone: string;
  hours: WorkingDay[];
}

/** Returns the agents' public data, by kind and name. */
export async function publicAgents(db: Db, agentIds: readonly number[]): Promise<PublicAgentRow[]> {
  const [answer] = await db.execute<{ rows: PublicAgentRow[] }>(sql`
    select coalesce(jsonb_agg(jsonb_build_object(
        'agentId', a.id, 'vendorId', a.vendor_id::text, 'name', a.name, 'kind', a.kind,
        'languages', a.languages, 'status', coalesce(p.status, 'offline'),
        'since', p.status_since, 'timeZone', v.time_zone,
        'hours', case when coalesce(p.status, 'offline') = 'offline' then (
          select coalesce(jsonb_agg(jsonb_build_object(
            'weekday', h.weekday, 'opens', h.opens, 'closes', h.closes)), '[]')
          from agent_hours h where h.agent_id = a.id) else '[]' end)
      order by a.kind, a.name, a.id), '[]') as rows
    from agents a join vendors v on v.id = a.vendor_id
    left join agent_presence p on p.agent_id = a.id
    where a.id = any(${idArray(agentIds)})`);
  return answer?.rows ?? [];
}

/** Returns the ids of a product's live offers; null for an unknown product. */
export async function offersOf(db: Db, productId: string): Promise<number[] | null> {
  const [row] = await db.execute<{ ids: number[] }>(sql`
    select (select coalesce(jsonb_agg(o.id order by o.id), '[]') from live_offers o
      where o.product_id = p.id) as ids
    from products p where p.id = ${productId}::bigint`);
  return row?.ids ?? null;
}

export interface OwnStatusRow extends Record<string, unknown> {
  status: Status;
  since: string | null;
  declared: Declared;
  phoneUntil: string | null;
  unreachableSince: string | null;
  phone: string | null;
}

/** Returns the agent's own status; null for an unknown agent. */
export async function findOwnStatus(db: Db, agentId: number): Promise<OwnStatusRow | null> {
  const [answer] = await db.execute<{ row: OwnStatusRow }>(sql`
    select jsonb_build_object('status', coalesce(p.status, 'offline'), 'since', p.status_since,
      'declared', coalesce(p.declared, 'offline'), 'phoneUntil', p.phone_until,
      'unreachableSince', p.unreachable_since, 'phone', case when a.callable then a.phone end) as row
    from agents a left join agent_presence p on p.agent_id = a.id where a.id = ${agentId}`);
  return answer?.row ?? null;
}
