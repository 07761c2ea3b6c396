import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { buyers } from '#db/tables/buyers.ts';
import { agentResponsibilities, agents } from '#db/tables/agents.ts';
import { callBacks } from '#db/tables/call-backs.ts';
import { callLegs, calls } from '#db/tables/calls.ts';
import type { Desk } from '#server/desk/schema.ts';
import { type Client, type TestService, thisMorning } from '../../harness.ts';
import { startWithWorld, type World } from '../../world.ts';
import { loggedIn, logIn } from '../presence/staff.ts';

type AgentName = 'milan' | 'ivana' | 'katrin' | 'nikola';

/** A service with a Twilio account, and the browsers of three agents: two of one vendor, one of another. */
interface DeskSetup {
  service: TestService;
  world: World;
  ids: Record<AgentName, number>;
  pages: Record<'milan' | 'nikola' | 'katrin', Client>;
  now(): Date;
  /** Returns the time so many seconds ago; negative ones are ahead. */
  ago(seconds: number): Date;
  /** Deletes all calls, call-backs and presence, and sets the clock to this morning. */
  reset(): Promise<void>;
}

/** Starts the setup for one test file, and ends it after the file's tests. */
export async function setUpDesks(env: Record<string, string> = {}): Promise<DeskSetup> {
  const { service, world } = await startWithWorld({
    env: {
      ...env,
      TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: '2'.repeat(32),
      TWILIO_FROM: '+381210001000',
    },
  });
  const nikola = await addNikola(service.ctx.db, world);
  const { milan, ivana, katrin } = world.agents;
  const pages = {
    milan: await loggedIn(service, world, 'milan'),
    katrin: await loggedIn(service, world, 'katrin'),
    nikola: await logIn(service, {
      ...{ email: 'nikola@sever.example', name: 'Nikola', role: 'agent', locale: 'en' },
      ...{ vendorId: Number(world.vendors.sever), agentId: nikola },
    }),
  };
  const ids = { milan: Number(milan), ivana: Number(ivana), katrin: Number(katrin), nikola };
  const now = () => service.clock.now();
  return {
    ...{ service, world, ids, pages, now },
    ago: (seconds) => new Date(now().getTime() - seconds * 1000),
    async reset() {
      service.clock.set(thisMorning());
      await service.ctx.sql`delete from deliveries where subject_type = 'call_back'`;
      for (const table of ownTables) await service.ctx.db.execute(sql.raw(`delete from ${table}`));
    },
  };
}

const ownTables = [
  ...['agent_leases', 'agent_presence', 'call_ratings', 'call_events', 'call_legs', 'calls', 'call_backs'],
  'calling_switches',
];

/** Reads the desk as the agent's page does. */
export const readDesk = async (page: Client) => (await page.get<Desk>('/api/agent/desk')).body;

/** Adds Nikola of sever's sales, who is responsible for the motor alone; returns his id. */
export async function addNikola(db: Db, world: World): Promise<number> {
  const [nikola] = await db
    .insert(agents)
    .values({
      vendorId: Number(world.vendors.sever),
      name: 'Nikola Jovanović',
      email: 'nikola@sever.example',
      kind: 'sales',
      phone: '+381641112003',
    })
    .returning({ id: agents.id });
  const agentId = nikola?.id ?? 0;
  await db.insert(agentResponsibilities).values({ agentId, productId: Number(world.products.motor) });
  return agentId;
}

export async function addBuyer(db: Db): Promise<string> {
  const [buyer] = await db.insert(buyers).values({}).returning({ id: buyers.id });
  return buyer?.id ?? '';
}

type Leg = Partial<typeof callLegs.$inferInsert> & { agentId: number };

/** Inserts a call with its agents' legs in the order in which they were tried; returns its id. */
export async function addCall(
  db: Db,
  about: { vendorId: string; offerId: string; at: Date },
  call: Partial<typeof calls.$inferInsert>,
  legs: readonly Leg[],
): Promise<string> {
  const { vendorId, offerId, at } = about;
  const [added] = await db
    .insert(calls)
    .values({
      buyerId: call.buyerId ?? (await addBuyer(db)),
      kind: 'sales',
      vendorId: Number(vendorId),
      offerId: Number(offerId),
      agentId: legs.at(-1)?.agentId,
      phone: `+3816311${Math.floor(10_000 + Math.random() * 89_999)}`,
      phoneConfirmed: true,
      locale: 'sr',
      maxSeconds: 1800,
      state: 'agent_ringing',
      stateAt: at,
      requestedAt: at,
      ...call,
    })
    .returning({ id: calls.id });
  const callId = added?.id ?? '';
  for (const leg of legs) {
    await db
      .insert(callLegs)
      .values({ callId, role: 'agent', status: 'completed', createdAt: at, sid: randomUUID(), ...leg });
  }
  return callId;
}

export async function addCallBack(
  db: Db,
  about: { vendorId: string; offerId: string; at: Date },
  more: Partial<typeof callBacks.$inferInsert> = {},
): Promise<string> {
  const { vendorId, offerId, at } = about;
  const [added] = await db
    .insert(callBacks)
    .values({
      buyerId: await addBuyer(db),
      kind: 'sales',
      vendorId: Number(vendorId),
      offerId: Number(offerId),
      phone: `+42060112${Math.floor(1_000 + Math.random() * 8_999)}`,
      locale: 'en',
      wantedAt: at,
      status: 'open',
      statusAt: at,
      createdAt: at,
      ...more,
    })
    .returning({ id: callBacks.id });
  return added?.id ?? '';
}
