import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Persona } from '#server/dev/twilio/personas.ts';
import * as presence from '#server/presence/service.ts';
import { addAgent } from './call-records.ts';
import { type Exchange, startExchange } from './exchange.ts';
import { expectEnd } from './call-ends.ts';

let exchange: Exchange;
const short: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 5 };

beforeAll(async () => {
  exchange = await startExchange();
});
afterAll(() => exchange.end());

async function onDutyWith(name: string, phone: string): Promise<number> {
  const email = `${name.split(' ')[0]?.toLowerCase()}@sever.example`;
  const id = await addAgent(exchange.service.ctx.db, exchange.world, { name, phone, email });
  await exchange.putOnDuty(id);
  return id;
}

test("an agent whose number's kind or country isn’t called is skipped", async () => {
  const { milan } = exchange.world.agents;
  for (const [name, phone] of [
    ['Premium Popović', '+381900123456'],
    ['Satellite Savić', '+881612345678'],
    ['Nobody Nikolić', 'ask at the desk'],
    ['Country Cerović', '+355692123456'],
  ] as const) {
    const agentId = await onDutyWith(name, phone);
    const call = await exchange.startCall(short, { agentId: String(agentId) });
    await expectEnd(exchange, call, {
      outcome: 'completed',
      attempts: [
        [agentId, 'unreachable'],
        [milan, 'accepted'],
      ],
      misses: { [agentId]: 1 },
      shown: { [agentId]: 'offline' },
    });
    expect(await exchange.shownStatus(agentId)).toBe('offline');
    expect(exchange.simulator.ledger().filter(({ to }) => to === phone)).toEqual([]);
    await presence.declare(exchange.service.ctx, agentId, { status: 'offline' });
  }
});

test('an agent’s number is called whatever form its catalogue gave it', async () => {
  const agentId = await onDutyWith('Spaces Savić', '00381 (64) 111-3099');
  const call = await exchange.startCall(short, { agentId: String(agentId) });
  await expectEnd(exchange, call, { outcome: 'completed', attempts: [[agentId, 'accepted']] });
  expect(exchange.simulator.ledger().some(({ to }) => to === '+381641113099')).toBe(true);
});
