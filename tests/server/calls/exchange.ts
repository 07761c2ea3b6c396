import { obliging, type Persona } from '#server/dev/twilio/personas.ts';
import * as presence from '#server/presence/service.ts';
import type { StartedCall as CallAnswer } from '#server/calls/schema.ts';
import type { Answer, Client } from '../../harness.ts';
import { startWithTelephony, type Telephony } from '../../telephony.ts';
import { createWorld, type World } from '../../world.ts';
import { statusOf } from '../presence/staff.ts';
import { type CallRecord, countReserved, addAgent, readCallRecord } from './call-records.ts';
import { expectConsistentEnd } from './call-ends.ts';

/** The service with a simulated telephone network and the cast; milan is on duty. */
export interface Exchange extends Telephony {
  world: World;
  /** Returns the number of a visitor's phone, another each time. */
  newPhone(): string;
  /** Adds an agent of sever with milan's responsibilities and puts them on duty. */
  addColleague(name: string): Promise<{ id: number; phone: string }>;
  /** Makes an agent available by phone for eight hours. */
  putOnDuty(agentId: number | string): Promise<void>;
  /** Requests a call about milan's sensor to the visitor's phone. */
  requestCall(
    visitor: Client,
    phone: string,
    more?: Record<string, unknown>,
  ): Promise<Answer<CallAnswer & { code?: string; errors?: unknown[] }>>;
  /** Reads a call and its legs from the database. */
  record(callId: string): Promise<CallRecord>;
  /** Returns the status that everybody is shown of an agent. */
  shownStatus(agentId: number | string): Promise<string>;
  /** Counts the agents whom calls still keep reserved. */
  countReserved(): Promise<number>;
  /** Starts a call from a new phone that behaves like the persona. */
  startCall(persona?: Persona, more?: Record<string, unknown>): Promise<StartedCall>;
  /** Waits until the call has ended and all agents are free; fails unless everything is consistent. */
  expectEnded(call: StartedCall): Promise<CallRecord>;
  /** Waits for a status of the call as its caller sees it. */
  untilStatus(call: StartedCall, status: string): Promise<void>;
}

export interface StartedCall {
  id: string;
  phone: string;
  visitor: Client;
}

/** All callers of these tests share an IP address. */
const manyCalls = {
  LIMIT_CALLS_PER_ADDRESS_TEN_MINUTES: '1000',
  LIMIT_CALLS_PER_ADDRESS_DAY: '1000',
  CALL_DAILY_BUDGET: '100000',
  // Many callers don't answer, on purpose.
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
    newPhone: () => `+1202555${String((phones += 1)).padStart(4, '0')}`,
    async addColleague(name) {
      colleagues += 1;
      const phone = `+38164111300${colleagues}`;
      const id = await addAgent(db, world, { name, phone, email: `colleague-${colleagues}@sever.example` });
      await exchange.putOnDuty(id);
      return { id, phone };
    },
    async putOnDuty(agentId) {
      const now = telephony.service.clock.now();
      await presence.declareMany(db, [Number(agentId)], new Date(now.getTime() + 8 * 3_600_000), now);
    },
    requestCall: (visitor, phone, more = {}) =>
      visitor.post('/api/calls', { offerId: world.offers.sensorSever, kind: 'sales', phone, ...more }),
    record: (callId) => readCallRecord(db, callId),
    shownStatus: (agentId) => statusOf(telephony.service, Number(agentId)),
    countReserved: () => countReserved(db),
    async startCall(persona = obliging, more = {}) {
      const visitor = telephony.service.visitor();
      const phone = exchange.newPhone();
      telephony.simulator.personas.set(phone, persona);
      const { status, body } = await exchange.requestCall(visitor, phone, more);
      if (status !== 201) throw new Error(`not started: ${status} ${JSON.stringify(body)}`);
      return { id: body.id, phone, visitor };
    },
    expectEnded: (call) => expectConsistentEnd(exchange, call),
    untilStatus: ({ id, visitor }, status) =>
      exchange.until(async () => (await visitor.get(`/api/calls/${id}`)).body.status === status),
  };
  await exchange.putOnDuty(world.agents.milan);
  return exchange;
}
