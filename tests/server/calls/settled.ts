import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { finalStatus } from '#server/calls/machine/leg-status.ts';
import type { Outcome } from '#server/calls/machine/rules.ts';
import type { Book, Books } from './books.ts';
import type { Begun } from './desk.ts';

/** The call, and the phone it was asked for. */
type Ended = Pick<Begun, 'id' | 'phone'>;

/** How a call has to end, besides what is true of every call that ended. */
export interface Settlement {
  outcome: Outcome;
  endedBy?: 'visitor' | 'agent' | 'system';
  /** Each attempt in its order: whose phone, and how it went. */
  attempts?: readonly (readonly [agentId: number | string, result: string])[];
  /** Calls in a row missed afterwards, by agent; none for those left out. */
  misses?: Record<string, number>;
  /** Shown afterwards, by agent; "available" for those left out, who declared themselves so. */
  shown?: Record<string, string>;
  talkSeconds?: number;
}

/**
 * Waits until the call has ended and nobody is pinned any more, then compares the service's books with what happened on
 * the lines: one end, no phone left on the line, each leg as it was, the conversation to the second, no call that we
 * don't know, nobody busy.
 */
export async function settle(exchange: Books, call: Ended): Promise<Book> {
  const isClosed = async () => (await exchange.book(call.id)).state === 'closed';
  await exchange.until(isClosed, 900);
  await exchange.until(async () => (await exchange.pinned()) === 0, 150);
  const book = await exchange.book(call.id);
  expect(book.outcome).not.toBeNull();
  expect(await history(exchange, call.id)).toEqual({ endings: 1, isGapless: true });
  expectLines(exchange, book, call.phone);
  expectTalk(exchange, book);
  await expectNoStrangers(exchange);
  const agents = await agentsOf(exchange, book);
  expect(agents.filter(({ status }) => status === 'busy')).toEqual([]);
  return book;
}

/** The same, and that it ended in this way, every agent shown as declared and with the misses it deserves. */
export async function expectSettled(exchange: Books, call: Ended, expected: Settlement): Promise<Book> {
  const book = await settle(exchange, call);
  const { outcome, ended_by: endedBy } = book;
  expect({ outcome, endedBy }).toEqual({ outcome: expected.outcome, endedBy: expected.endedBy ?? endedBy });
  if (expected.talkSeconds !== undefined) expect(book.talk_seconds).toBe(expected.talkSeconds);
  const { attempts, misses = {}, shown = {} } = expected;
  if (attempts) {
    const made = book.legs.filter(({ role }) => role === 'agent');
    expect(made.map(({ agent_id, result }) => [agent_id, result])).toEqual(
      attempts.map(([id, result]) => [String(id), result]),
    );
  }
  const agents = await agentsOf(exchange, book);
  expect(agents).toEqual(
    agents.map(({ id }) => ({ id, misses: misses[id] ?? 0, status: shown[id] ?? 'available' })),
  );
  return book;
}

/** One row that closes it, and one for each version. */
async function history({ service }: Books, callId: string) {
  const [row] = await service.ctx.db.execute<{ endings: number; isGapless: boolean }>(sql`
    select count(*) filter (where e.to_state = 'closed')::int as endings,
      max(e.version) = count(*) and max(e.version) = max(c.version) as "isGapless"
    from call_events e join calls c on c.id = e.call_id where e.call_id = ${callId}`);
  return { ...row };
}

function expectLines({ simulator }: Books, { legs }: Book, visitorsPhone: string): void {
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

function expectTalk({ simulator, roundedWithin = 0 }: Books, { legs, outcome, talk_seconds }: Book): void {
  const sid = legs.find(({ role }) => role === 'visitor')?.sid;
  const talked = simulator.ledger().find((line) => line.sid === sid)?.talkSeconds ?? 0;
  const isConversation = outcome === 'completed';
  if (!isConversation) expect([talk_seconds, talked], 'no conversation').toEqual([null, 0]);
  else {
    const difference = (talk_seconds ?? Infinity) - Math.round(talked);
    expect(Math.abs(difference), 'the length of the conversation').toBeLessThanOrEqual(roundedWithin);
  }
}

/** Every line there ever was is a leg of some call of ours. */
async function expectNoStrangers({ service, simulator }: Books): Promise<void> {
  const rows = await service.ctx.db.execute<{ sid: string }>(
    sql`select sid from call_legs where sid is not null`,
  );
  const known = new Set(rows.map(({ sid }) => sid));
  expect(simulator.ledger().filter(({ sid }) => !known.has(sid))).toEqual([]);
}

async function agentsOf({ service }: Books, { legs }: Book) {
  const ids = legs.flatMap(({ agent_id }) => agent_id ?? []);
  const rows = await service.ctx.db.execute<{ id: string; misses: number; status: string }>(sql`
    select agent_id::text as id, misses, status from agent_presence
    where agent_id = any(${`{${ids.join(',')}}`}::bigint[]) order by agent_id`);
  return rows.map(({ id, misses, status }) => ({ id, misses, status }));
}
