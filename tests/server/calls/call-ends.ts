import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { finalStatus } from '#server/calls/machine/leg-status.ts';
import type { Outcome } from '#server/calls/machine/rules.ts';
import type { CallRecord, CallSources } from './call-records.ts';
import type { StartedCall } from './exchange.ts';

/** A call and its visitor's phone. */
type Ended = Pick<StartedCall, 'id' | 'phone'>;

/** How a call has to end, besides what holds for every ended call. */
export interface ExpectedEnd {
  outcome: Outcome;
  endedBy?: 'visitor' | 'agent' | 'system';
  /** Attempts to reach an agent, in their order, with their results. */
  attempts?: readonly (readonly [agentId: number | string, result: string])[];
  /** Consecutive missed calls afterwards, by agent; none for those left out. */
  misses?: Record<string, number>;
  /** The shown status afterwards, by agent; "available" for those left out. */
  shown?: Record<string, string>;
  talkSeconds?: number;
}

/**
 * Waits until the call has ended and no agent is reserved, then compares the service's records with the simulated
 * network: the call closed once, no line is open, every leg and the length of the conversation agree, every line
 * belongs to a known leg, and no agent is busy.
 */
export async function expectConsistentEnd(exchange: CallSources, call: Ended): Promise<CallRecord> {
  const isClosed = async () => (await exchange.record(call.id)).state === 'closed';
  await exchange.until(isClosed, 900);
  await exchange.until(async () => (await exchange.countReserved()) === 0, 150);
  const record = await exchange.record(call.id);
  expect(record.outcome).not.toBeNull();
  expect(await history(exchange, call.id)).toEqual({ endings: 1, isGapless: true });
  expectLines(exchange, record, call.phone);
  expectTalk(exchange, record);
  await expectNoStrangers(exchange);
  const agents = await agentsOf(exchange, record);
  expect(agents.filter(({ status }) => status === 'busy')).toEqual([]);
  return record;
}

/** Expects a consistent end in the given way, and that way's statuses and misses of the agents. */
export async function expectEnd(
  exchange: CallSources,
  call: Ended,
  expected: ExpectedEnd,
): Promise<CallRecord> {
  const record = await expectConsistentEnd(exchange, call);
  const { outcome, ended_by: endedBy } = record;
  expect({ outcome, endedBy }).toEqual({ outcome: expected.outcome, endedBy: expected.endedBy ?? endedBy });
  if (expected.talkSeconds !== undefined) expect(record.talk_seconds).toBe(expected.talkSeconds);
  const { attempts, misses = {}, shown = {} } = expected;
  if (attempts) {
    const made = record.legs.filter(({ role }) => role === 'agent');
    expect(made.map(({ agent_id, result }) => [agent_id, result])).toEqual(
      attempts.map(([id, result]) => [String(id), result]),
    );
  }
  const agents = await agentsOf(exchange, record);
  expect(agents).toEqual(
    agents.map(({ id }) => ({ id, misses: misses[id] ?? 0, status: shown[id] ?? 'available' })),
  );
  return record;
}

/** Counts the events that close a call, and checks that there is one event for each of its versions. */
async function history({ service }: CallSources, callId: string) {
  const [row] = await service.ctx.db.execute<{ endings: number; isGapless: boolean }>(sql`
    select count(*) filter (where e.to_state = 'closed')::int as endings,
      max(e.version) = count(*) and max(e.version) = max(c.version) as "isGapless"
    from call_events e join calls c on c.id = e.call_id where e.call_id = ${callId}`);
  return { ...row };
}

function expectLines({ simulator }: CallSources, { legs }: CallRecord, visitorsPhone: string): void {
  const ledger = simulator.ledger();
  expect(ledger.filter(({ endedAt }) => endedAt === null)).toEqual([]);
  for (const leg of legs.filter(({ sid }) => sid !== null)) {
    const line = ledger.find(({ sid }) => sid === leg.sid);
    expect({ status: leg.status, seconds: leg.duration_seconds ?? 0 }, leg.role).toEqual({
      status: line && finalStatus(line.status, String(line.sipCode)),
      seconds: line?.durationSeconds,
    });
    if (leg.role === 'visitor') expect(line?.to).toBe(visitorsPhone);
  }
}

function expectTalk(
  { simulator, roundedWithin = 0 }: CallSources,
  { legs, outcome, talk_seconds }: CallRecord,
): void {
  const leg = legs.find(({ role }) => role === 'visitor');
  const line = simulator.ledger().find(({ sid }) => sid === leg?.sid);
  const talked = line?.talkSeconds ?? 0;
  if (outcome !== 'completed') expect([talk_seconds, talked], 'no conversation').toEqual([null, 0]);
  else {
    const difference = (talk_seconds ?? Infinity) - Math.round(talked);
    const tolerance = roundedWithin && roundedWithin + secondsLate(leg?.answered_at, line?.answeredAt);
    expect(Math.abs(difference), 'the length of the conversation').toBeLessThanOrEqual(tolerance);
  }
}

/** Returns the seconds by which the service learned late of a pick-up: its prompt seems shorter by as many. */
const secondsLate = (learned?: string | null, pickedUp?: Date | null): number =>
  learned && pickedUp ? Math.max(0, (Date.parse(learned) - pickedUp.getTime()) / 1000) : 0;

/** Expects every line of the network to be a leg of some call. */
async function expectNoStrangers({ service, simulator }: CallSources): Promise<void> {
  const rows = await service.ctx.db.execute<{ sid: string }>(
    sql`select sid from call_legs where sid is not null`,
  );
  const known = new Set(rows.map(({ sid }) => sid));
  expect(simulator.ledger().filter(({ sid }) => !known.has(sid))).toEqual([]);
}

async function agentsOf({ service }: CallSources, { legs }: CallRecord) {
  const ids = legs.flatMap(({ agent_id }) => agent_id ?? []);
  const rows = await service.ctx.db.execute<{ id: string; misses: number; status: string }>(sql`
    select agent_id::text as id, misses, status from agent_presence
    where agent_id = any(${`{${ids.join(',')}}`}::bigint[]) order by agent_id`);
  return rows.map(({ id, misses, status }) => ({ id, misses, status }));
}
