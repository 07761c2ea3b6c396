import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { costOf } from '#server/common/credits.ts';
import type { Persona } from '#server/dev/twilio/personas.ts';
import * as ledger from '#server/ledger/service.ts';
import type { Db } from '#db/client.ts';
import type { Client, TestService } from '../../harness.ts';
import { logIn } from '../presence/staff.ts';
import { type Exchange, type StartedCall, startExchange } from './exchange.ts';

/** A buyer's browser, logged in, with a phone. */
export interface Payer {
  visitor: Client;
  buyerId: string;
  phone: string;
}

/** The exchange with ivana on duty, who is the support of the motor. */
export interface SupportExchange extends Exchange {
  ivana: { id: string; phone: string };
  /** Adds a buyer with so much credit, in 1/100, whose phone behaves like the persona. */
  newPayer(credit: bigint, persona?: Persona): Promise<Payer>;
  /** Starts a support call about the motor. */
  callSupport(payer: Payer, more?: object): Promise<StartedCall>;
  /** Waits until both talk. */
  talk(payer: Payer): Promise<StartedCall>;
  /** Waits for the end and expects that it was charged once, by the seconds of the network; returns the charge. */
  expectCharged(call: StartedCall, payer: Payer): Promise<Charged>;
}

export const talkative: Persona = { kind: 'human', presses: ['1'] };

export async function startSupport(
  options: Parameters<typeof startExchange>[0] = {},
): Promise<SupportExchange> {
  const exchange = await startExchange(options);
  const { service, world, simulator } = exchange;
  const { db } = service.ctx;
  const support: SupportExchange = {
    ...exchange,
    ivana: { id: world.agents.ivana, phone: world.phones.ivana },
    async newPayer(credit, persona = talkative) {
      const phone = exchange.newPhone();
      simulator.personas.set(phone, persona);
      return { phone, ...(await addPayer(service, credit)) };
    },
    async callSupport({ visitor, phone }, more = {}) {
      const body = { offerId: world.offers.motorSever, kind: 'support', ...more };
      const answer = await exchange.requestCall(visitor, phone, body);
      if (answer.status !== 201) throw new Error(`not started: ${JSON.stringify(answer.body)}`);
      return { id: answer.body.id, phone, visitor };
    },
    async talk(payer) {
      const call = await support.callSupport(payer);
      await exchange.untilStatus(call, 'in_call');
      return call;
    },
    async expectCharged(call, payer) {
      const record = await exchange.expectEnded(call);
      const charged = await chargeOf(db, call.id);
      const talked = record.talk_seconds ?? 0;
      const paid = talked > charged.maxSeconds ? charged.maxSeconds : talked;
      expect(charged).toMatchObject({ entries: charged.charge > 0n ? 1 : 0, seconds: paid });
      expect(charged.charge).toBe(costOf(paid, charged.rate));
      expect(charged.charge).toBeLessThanOrEqual(charged.held);
      expect((await balancesOf(db, payer.buyerId)).held).toBe(0n);
      return charged;
    },
  };
  await exchange.putOnDuty(world.agents.ivana);
  return support;
}

/** Adds a buyer with an account and so much credit. */
export async function addPayer(
  service: TestService,
  credit: bigint,
): Promise<{ visitor: Client; buyerId: string }> {
  const email = `${randomUUID()}@buyer.example`;
  const account = {
    email,
    name: 'A buyer',
    role: 'buyer',
    locale: 'en',
    vendorId: null,
    agentId: null,
  } as const;
  const visitor = await logIn(service, account);
  const [row] = await service.ctx.sql<
    { id: string }[]
  >`select buyer_id as id from accounts where email = ${email}`;
  const buyerId = row!.id;
  if (credit > 0n) await giveCredit(service.ctx.db, buyerId, credit, service.clock.now());
  return { visitor, buyerId };
}

/** Gives credit as a paid top-up does. */
export async function giveCredit(db: Db, buyerId: string, amount: bigint, at: Date): Promise<void> {
  const account = (type: 'buyer' | 'house', id: string) => ({ owner: { type, id }, unit: 'credit' });
  await db.transaction((tx) =>
    ledger.post(tx, {
      ...{ kind: 'top_up', actor: 'system', text: 'TU-26-00001', at, operationId: randomUUID() },
      entries: [
        { account: account('house', 'issued'), amount: -amount },
        { account: account('buyer', buyerId), amount },
      ],
    }),
  );
}

export const balancesOf = (
  db: Db,
  id: string,
  type: 'buyer' | 'vendor' = 'buyer',
): Promise<ledger.Balances> => ledger.balancesOf(db, { owner: { type, id }, unit: 'credit' });

export interface Charged {
  rate: bigint;
  held: bigint;
  charge: bigint;
  refunded: bigint;
  seconds: number;
  maxSeconds: number;
  /** How often the account that paid was charged for the call. */
  entries: number;
  hold: string;
}

/** Reads what a call that has ended took. */
export async function chargeOf(db: Db, callId: string): Promise<Charged> {
  const [row] = await db.execute<
    Record<string, string> & { seconds: number; entries: number; hold: string }
  >(`
    select c.rate, h.amount as held, c.charge, c.refunded, c.seconds, calls.max_seconds, h.state as hold,
      (select count(*)::int from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
       where t.subject_type = 'call' and t.subject_id = c.call_id and t.kind = 'call' and e.account_id = h.account_id) as entries
    from call_charges c join ledger_holds h on h.id = c.hold_id join calls on calls.id = c.call_id
    where c.call_id = '${callId}'`);
  const { rate, held, charge, refunded, seconds, entries, hold } = row!;
  return {
    ...{ rate: BigInt(rate!), held: BigInt(held!), charge: BigInt(charge!), refunded: BigInt(refunded!) },
    ...{ seconds, entries, hold, maxSeconds: Number(row!['max_seconds']) },
  };
}
