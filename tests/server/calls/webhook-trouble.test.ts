import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { type Exchange, startExchange } from './exchange.ts';
import { expectEnd } from './call-ends.ts';

let exchange: Exchange;
let milan: { id: string; phone: string };
let petra: { id: number; phone: string };
const short: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 8 };

beforeAll(async () => {
  exchange = await startExchange();
  milan = { id: exchange.world.agents.milan, phone: exchange.world.phones.milan };
  petra = await exchange.addColleague('Petra Marić');
});
afterAll(() => exchange.end());
beforeEach(async () => {
  for (const { id } of [milan, petra]) await exchange.putOnDuty(id);
});
afterEach(async () => {
  exchange.simulator.faults.clear();
  await stopFfailing_writes();
});

const calledFirst = () => ({ agentId: milan.id });
const run = (statement: string) => exchange.service.ctx.db.execute(sql.raw(statement));

/**
 * Makes the database refuse these writes that many times, so that the service answers 500. Counts by a sequence,
 * which a rollback doesn't reset.
 */
async function failWrites(table: string, when: string, times: number): Promise<void> {
  await run('create sequence failing_writes');
  await run(`
    create function fail_write() returns trigger language plpgsql as $$ begin
      if nextval('failing_writes') <= ${times} then raise exception 'this write fails'; end if;
      return new;
    end $$`);
  await run(`
    create trigger fail_write before insert or update on ${table}
    for each row when (${when}) execute function fail_write()`);
}

/** Returns how often the failing writes were attempted. */
async function countAttempts(): Promise<number> {
  const [row] = await exchange.service.ctx.db.execute<{ n: string }>(
    sql`select last_value as n from failing_writes`,
  );
  return Number(row?.n);
}

async function stopFfailing_writes(): Promise<void> {
  for (const table of ['calls', 'call_webhooks']) await run(`drop trigger if exists fail_write on ${table}`);
  await run('drop function if exists fail_write');
  await run('drop sequence if exists failing_writes');
}

const lastOf = (phone: string) => exchange.simulator.ledger().findLast(({ to }) => to === phone);

describe('webhooks', () => {
  test('unknown parameters in Twilio’s signed requests have no effect', async () => {
    const params = { StirVerstat: 'TN-Validation-Passed-A', Žanr: 'š & +', Leer: '' };
    for (const on of ['callback', 'document', 'action'] as const)
      exchange.simulator.faults.add({ on, times: Infinity, effect: { kind: 'extra', params } });
    const call = await exchange.startCall(short, calledFirst());
    await expectEnd(exchange, call, {
      outcome: 'completed',
      endedBy: 'visitor',
      attempts: [[milan.id, 'accepted']],
      talkSeconds: 8,
    });
    const received = lastOf(call.phone)?.callbacks ?? [];
    expect(received.length).toBeGreaterThanOrEqual(4);
    expect(received.map(({ answered, attempts }) => [answered, attempts])).toEqual(
      received.map(() => [204, 1]),
    );
    expect(received.at(-1)?.params).toMatchObject(params);
  });
});

describe('webhooks that the service answers with 500', () => {
  test('a status callback that fails twice is processed later, and nothing is lost', async () => {
    await failWrites(
      'call_webhooks',
      "new.params ->> 'CallStatus' = 'completed' and new.worked_at is null",
      2,
    );
    const call = await exchange.startCall(short, calledFirst());
    await expectEnd(exchange, call, {
      outcome: 'completed',
      attempts: [[milan.id, 'accepted']],
      talkSeconds: 8,
    });
    const completed = [call.phone, milan.phone]
      .flatMap((phone) => lastOf(phone)?.callbacks ?? [])
      .filter(({ event }) => event === 'completed');
    expect(completed.map(({ answered }) => answered)).toEqual([204, 204]);
    expect(completed.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(4);
  });

  test('when every status callback fails, the API is polled instead', async () => {
    await failWrites('call_webhooks', 'new.worked_at is null', 1_000);
    const call = await exchange.startCall(short, calledFirst());
    await expectEnd(exchange, call, {
      outcome: 'completed',
      endedBy: 'visitor',
      attempts: [[milan.id, 'accepted']],
      talkSeconds: 8,
    });
    // The first attempt and three retries.
    expect(lastOf(call.phone)?.callbacks.map(({ attempts }) => attempts)).toEqual([4, 4, 4, 4]);
  });

  test("when the agent's document fails, the fallback ends the leg and the next agent is called", async () => {
    await failWrites('calls', "new.state = 'agent_screening'", 1);
    const call = await exchange.startCall(short, calledFirst());
    await expectEnd(exchange, call, {
      outcome: 'completed',
      attempts: [
        [milan.id, 'hung_up'],
        [petra.id, 'accepted'],
      ],
      talkSeconds: 8,
    });
    expect(lastOf(milan.phone)).toMatchObject({ errors: [11200], heard: [], talkedWith: [] });
  });

  test("when the pressed 1 fails, the visitor’s phone doesn't ring and the next agent is called", async () => {
    await failWrites('calls', "new.state = 'visitor_dialing'", 1);
    const call = await exchange.startCall(short, calledFirst());
    await expectEnd(exchange, call, {
      outcome: 'completed',
      attempts: [
        [milan.id, 'hung_up'],
        [petra.id, 'accepted'],
      ],
      talkSeconds: 8,
    });
    expect(await countAttempts()).toBe(2);
    expect(exchange.simulator.ledger().filter(({ to }) => to === call.phone)).toHaveLength(1);
  });

  test('when the visitor’s 1 fails, the visitor is not joined and the call ends', async () => {
    await failWrites('calls', "new.state = 'bridged'", 1);
    const call = await exchange.startCall(short, calledFirst());
    await expectEnd(exchange, call, {
      outcome: 'visitor_unconfirmed',
      attempts: [[milan.id, 'accepted']],
    });
    expect(lastOf(call.phone)).toMatchObject({ digits: '1', errors: [11200], talkedWith: [] });
  });

  test('when the dial action fails, the end is known from the callbacks', async () => {
    await failWrites('calls', "new.state <> 'bridged' and new.answered_at is not null", 1);
    const call = await exchange.startCall(short, calledFirst());
    await expectEnd(exchange, call, {
      outcome: 'completed',
      attempts: [[milan.id, 'accepted']],
      talkSeconds: 8,
    });
  });
});
