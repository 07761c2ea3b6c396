import { afterEach, describe, expect, test } from 'vitest';
import { sha256 } from '#server/platform/tokens.ts';
import { ratingOf } from '#server/vendors/service.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { addCall } from '../desk/desks.ts';

const { service, world } = await startWithWorld();
afterEach(async () => {
  await service.ctx.sql`truncate call_ratings, call_legs, calls, events cascade`;
  await service.ctx.sql`update vendors set rating_count = 0, rating_total = 0`;
});

const dayMs = 864e5;

async function caller(): Promise<{ browser: Client; buyerId: string }> {
  const browser = service.visitor();
  await browser.get('/api/solutions/current');
  const [visitor] = await service.ctx.sql<{ id: string }[]>`
    select buyer_id as id from visitors where token_hash = ${sha256(browser.cookies.get('sid') ?? '')}`;
  return { browser, buyerId: visitor?.id ?? '' };
}

type Call = Parameters<typeof addCall>[2];

/** Adds a conversation of a minute with milan that has just ended, by default. */
async function addEndedCall(about: Call = {}): Promise<{ browser: Client; id: string }> {
  const { browser, buyerId } = await caller();
  const at = service.clock.now();
  const talk: Call = { state: 'closed', outcome: 'completed', answeredAt: at, endedAt: at, talkSeconds: 60 };
  const id = await addCall(
    service.ctx.db,
    { vendorId: world.vendors.sever, offerId: world.offers.sensorSever, at },
    { ...talk, buyerId, agentId: Number(world.agents.milan), ...about },
    [],
  );
  return { browser, id };
}

const rate = (browser: Client, id: string, marks: object = { line: 5, agent: 4 }) =>
  browser.post(`/api/calls/${id}/rating`, marks);
const code = ({ status, body }: { status: number; body: { code?: string } }) =>
  body.code ? `${status} ${body.code}` : `${status}`;

async function ofSever(): Promise<{ ratingCount: number; ratingTotal: number }> {
  const [row] = await service.ctx.sql<{ ratingCount: number; ratingTotal: number }[]>`
    select rating_count as "ratingCount", rating_total as "ratingTotal" from vendors where slug = 'sever'`;
  if (!row) throw new Error('no vendor');
  return row;
}

describe('rating a call', () => {
  test("a caller's rating counts for the vendor and the agent", async () => {
    const { browser, id } = await addEndedCall();
    const rated = await rate(browser, id, { line: 2, agent: 4, comment: ' Clear and quick ' });
    expect(rated.status).toBe(201);
    expect(rated.body).toEqual({ line: 2, agent: 4, comment: 'Clear and quick' });
    expect(await ofSever()).toEqual({ ratingCount: 1, ratingTotal: 4 });
    const [row] = await service.ctx
      .sql`select agent_id::text as agent, vendor_id::text as vendor, line, comment
      from call_ratings where call_id = ${id}`;
    expect(row).toEqual({
      ...{ agent: world.agents.milan, vendor: world.vendors.sever, line: 2, comment: 'Clear and quick' },
    });
    const [event] = await service.ctx.sql`select payload from events where name = 'call.rated'`;
    expect(event?.payload).toMatchObject({ callId: id, line: 2, agent: 4 });
  });

  test('a call is rated once, even by concurrent attempts', async () => {
    const { browser, id } = await addEndedCall();
    const replies = await Promise.all([1, 2, 3, 4, 5].map((agent) => rate(browser, id, { line: 3, agent })));
    const codes = replies.map(code).toSorted();
    expect(codes).toEqual(['201', ...Array<string>(4).fill('409 call_already_rated')]);
    const kept = replies.find(({ status }) => status === 201)?.body.agent as number;
    expect(await ofSever()).toEqual({ ratingCount: 1, ratingTotal: kept });
    expect(code(await rate(browser, id))).toBe('409 call_already_rated');
    service.clock.advance(8 * dayMs);
    expect(code(await rate(browser, id))).toBe('409 call_already_rated');
  });

  test("a stranger can't rate a call, with a session or without", async () => {
    const { id } = await addEndedCall();
    expect(code(await rate(service.visitor(), id))).toBe('404 not_found');
    expect(code(await rate((await caller()).browser, id))).toBe('404 not_found');
    expect(code(await rate((await caller()).browser, 'x'))).toBe('404 not_found');
    expect(await ofSever()).toEqual({ ratingCount: 0, ratingTotal: 0 });
  });

  test.each<[string, Call]>([
    ['before its end', { state: 'bridged', outcome: null, endedAt: null, talkSeconds: null }],
    ['while its length is settled', { state: 'settling', talkSeconds: null }],
    ['that nobody answered', { outcome: 'visitor_no_answer', answeredAt: null, talkSeconds: null }],
    ['that no agent took', { outcome: 'no_agent', answeredAt: null, talkSeconds: null }],
    ['of zero seconds', { talkSeconds: 0 }],
  ])("a call can't be rated %s", async (_name, about) => {
    const { browser, id } = await addEndedCall(about);
    expect(code(await rate(browser, id))).toBe('409 call_not_rateable');
    expect(await ofSever()).toEqual({ ratingCount: 0, ratingTotal: 0 });
  });

  test('a call can be rated within seven days', async () => {
    const [inTime, late] = [await addEndedCall(), await addEndedCall()];
    service.clock.advance(7 * dayMs - 5_000);
    expect(code(await rate(inTime.browser, inTime.id))).toBe('201');
    service.clock.advance(6_000);
    expect(code(await rate(late.browser, late.id))).toBe('409 call_not_rateable');
  });

  test.each([
    { line: 0, agent: 4 },
    { line: 5, agent: 6 },
    { line: 4.5, agent: 4 },
    { line: 5 },
    { line: 5, agent: 4, comment: 'x'.repeat(2_001) },
    { line: 5, agent: 4, vendor: 5 },
  ])('the marks %j are refused', async (marks) => {
    const { browser, id } = await addEndedCall();
    expect(code(await rate(browser, id, marks))).toBe('422 invalid_input');
  });
});

describe("a vendor's rating", () => {
  test("a vendor's rating is the average of its marks and five of 3.5", async () => {
    expect(ratingOf(await ofSever())).toBeNull();
    for (const agent of [5, 5, 4]) {
      const { browser, id } = await addEndedCall();
      await rate(browser, id, { line: 1, agent });
    }
    // (5 x 3.5 + 14) / 8 = 3.9375
    expect(ratingOf(await ofSever())).toEqual({ average: 3.9, count: 3 });
  });

  test('concurrent ratings of different calls all count', async () => {
    const many = await Promise.all(Array.from({ length: 6 }, () => addEndedCall()));
    await Promise.all(many.map(({ browser, id }) => rate(browser, id, { line: 5, agent: 3 })));
    expect(await ofSever()).toEqual({ ratingCount: 6, ratingTotal: 18 });
    // (17.5 + 18) / 11 = 3.227
    expect(ratingOf(await ofSever())).toEqual({ average: 3.2, count: 6 });
  });
});
