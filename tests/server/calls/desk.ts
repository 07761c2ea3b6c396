import { vi } from 'vitest';
import { obliging, type Persona } from '#server/dev/twilio/personas.ts';
import * as presence from '#server/presence/service.ts';
import type { Client } from '../../harness.ts';
import { startWithTelephony, type Telephony } from '../../telephony.ts';
import { createWorld, type World } from '../../world.ts';
import { statusOf } from '../presence/staff.ts';
import { type Book, countPinned, hire, readBook } from './books.ts';
import { settle } from './settled.ts';

/** The telephone network with the cast: milan and katrin on duty, more colleagues where a test wants them. */
export interface Exchange extends Telephony {
  world: World;
  /** A visitor's phone, another each time. */
  phone(): string;
  /** Puts another agent of sever's on duty, who answers for sensors like milan; id and phone. */
  colleague(name: string): Promise<{ id: number; phone: string }>;
  /** An agent declares itself available by phone. */
  onDuty(agentId: number | string): Promise<void>;
  /** A visitor asks for milan's sensor from a phone; the answer's body. */
  call(
    visitor: Client,
    phone: string,
    more?: Record<string, unknown>,
  ): Promise<{ status: number; body: any }>;
  /** The call as the database has it, with its legs. */
  book(callId: string): Promise<Book>;
  /** What everyone is shown of the agent. */
  shown(agentId: number | string): Promise<string>;
  /** Agents that something still pins. */
  pinned(): Promise<number>;
  /** Starts a call from a new phone, behaving so; its id and browser. */
  begin(persona?: Persona, more?: Record<string, unknown>): Promise<Begun>;
  /** Waits until the call has ended and everyone is free again; fails unless all is in order (`settle`). */
  finished(call: Begun): Promise<Book>;
  /** Waits for a status as the caller sees it. */
  untilStatus(call: Begun, status: string): Promise<void>;
}

export interface Begun {
  id: string;
  phone: string;
  visitor: Client;
}

// Minutes of calls pass second by second, each with its sweeps.
vi.setConfig({ testTimeout: 180_000 });

/** All callers of these tests share an address. */
const manyCalls = {
  LIMIT_CALLS_PER_ADDRESS_TEN_MINUTES: '1000',
  LIMIT_CALLS_PER_ADDRESS_DAY: '1000',
  CALL_DAILY_BUDGET: '100000',
  // Many are not reached, on purpose.
  CALL_UNANSWERED_CALLS: '1000',
};

export async function startExchange(
  options: Parameters<typeof startWithTelephony>[0] = {},
): Promise<Exchange> {
  const telephony = await startWithTelephony({
    ...options,
    env: { ...manyCalls, ...options.env },
    simulator: { callsPerSecond: 20, ...options.simulator },
  });
  const { db } = telephony.service.ctx;
  const world = await createWorld(db);
  let phones = 100;
  let colleagues = 0;
  const exchange: Exchange = {
    ...telephony,
    world,
    phone: () => `+1202555${String((phones += 1)).padStart(4, '0')}`,
    async colleague(name) {
      colleagues += 1;
      const phone = `+38164111300${colleagues}`;
      const id = await hire(db, world, { name, phone, email: `colleague-${colleagues}@sever.example` });
      await exchange.onDuty(id);
      return { id, phone };
    },
    async onDuty(agentId) {
      const now = telephony.service.clock.now();
      await presence.declareMany(db, [Number(agentId)], new Date(now.getTime() + 8 * 3_600_000), now);
    },
    call: (visitor, phone, more = {}) =>
      visitor.post('/api/calls', { offerId: world.offers.sensorSever, kind: 'sales', phone, ...more }),
    book: (callId) => readBook(db, callId),
    shown: (agentId) => statusOf(telephony.service, Number(agentId)),
    pinned: () => countPinned(db),
    async begin(persona = obliging, more = {}) {
      const visitor = telephony.service.visitor();
      const phone = exchange.phone();
      telephony.simulator.personas.set(phone, persona);
      const { status, body } = await exchange.call(visitor, phone, more);
      if (status !== 201) throw new Error(`not started: ${status} ${JSON.stringify(body)}`);
      return { id: body.id, phone, visitor };
    },
    finished: (call) => settle(exchange, call),
    untilStatus: ({ id, visitor }, status) =>
      exchange.until(async () => (await visitor.get(`/api/calls/${id}`)).body.status === status),
  };
  await exchange.onDuty(world.agents.milan);
  return exchange;
}
