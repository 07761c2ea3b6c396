import { randomUUID } from 'node:crypto';
import * as credits from '#server/credits/service.ts';
import * as ledger from '#server/ledger/service.ts';
import type { Client, TestService } from '../../harness.ts';
import type { World } from '../../world.ts';
import { addCall } from '../desk/desks.ts';
import { logIn } from '../presence/staff.ts';

/** Who takes part in complaints about Elektro Sever. */
export interface People {
  buyer: Client;
  buyerId: string;
  otherBuyer: Client;
  manager: Client;
  agent: Client;
  otherManager: Client;
  staff: Client;
}

export async function people(service: TestService, world: World): Promise<People> {
  const account = (
    name: string,
    role: 'buyer' | 'manager' | 'agent' | 'staff',
    { vendorId, agentId }: { vendorId?: string; agentId?: string } = {},
  ) =>
    logIn(service, {
      ...{ email: `${name}@complaints.example`, name, role, locale: name === 'manager' ? 'sr' : 'en' },
      vendorId: vendorId === undefined ? null : Number(vendorId),
      agentId: agentId === undefined ? null : Number(agentId),
    });
  const { sever, brandt } = world.vendors;
  const buyer = await account('buyer', 'buyer');
  const [row] = await service.ctx.sql<{ id: string }[]>`
    select buyer_id as id from accounts where email = 'buyer@complaints.example'`;
  return {
    buyer,
    buyerId: row!.id,
    otherBuyer: await account('other', 'buyer'),
    manager: await account('manager', 'manager', { vendorId: sever }),
    agent: await account('agent', 'agent', { vendorId: sever, agentId: world.agents.milan }),
    otherManager: await account('stranger', 'manager', { vendorId: brandt }),
    staff: await account('staff', 'staff'),
  };
}

const creditOf = (owner: ledger.Owner): ledger.AccountName => ({ owner, unit: 'credit' });

/** Adds a support call that has ended, charged in 1/100 credit to the buyer or their company; 0n: free. Returns its id. */
export async function chargedCall(
  service: TestService,
  world: World,
  buyerId: string,
  charge: bigint,
): Promise<string> {
  const { db } = service.ctx;
  const at = service.clock.now();
  const agentId = Number(world.agents.milan);
  const vendorId = Number(world.vendors.sever);
  // A minute takes one credit.
  const seconds = Number((charge * 60n) / 100n);
  const about = { vendorId: world.vendors.sever, offerId: world.offers.motorSever, at };
  const talk = { outcome: 'completed', answeredAt: at, endedAt: at, talkSeconds: seconds } as const;
  const callId = await addCall(db, about, { ...talk, buyerId, state: 'closed', agentId, kind: 'support' }, [
    { agentId, result: 'accepted', releasedAt: at },
  ]);
  if (charge === 0n) return callId;
  const entries = [
    { account: creditOf({ type: 'house', id: 'issued' }), amount: -charge },
    { account: creditOf(await credits.ownerOf(db, buyerId)), amount: charge },
  ];
  const topUp = { kind: 'top_up', actor: 'system', text: 'top-up', at, operationId: randomUUID(), entries };
  await db.transaction((tx) => ledger.post(tx, topUp));
  await db.transaction((tx) =>
    credits.holdForCall(tx, { callId, buyerId, vendorId, mostSeconds: seconds, at }),
  );
  await db.transaction((tx) => credits.settleCall(tx, { callId, vendorId, seconds, text: 'call', at }));
  return callId;
}

export const balanceOf = async ({ ctx }: TestService, type: 'buyer' | 'vendor', id: string) =>
  (await ledger.balancesOf(ctx.db, creditOf({ type, id }))).posted;

/** Files a complaint about a subject. */
export const file = (buyer: Client, subject: { type: string; id: string }, body: object = {}, headers = {}) =>
  buyer.post(
    '/api/complaints',
    { subject, category: 'not_solved', text: 'It still does not work.', wish: 'refund', ...body },
    headers,
  );
