import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { inject } from 'vitest';
import { connect, type Db } from '#db/client.ts';
import * as admission from '#server/admission/service.ts';
import type { Persona } from '#server/dev/twilio/personas.ts';
import type { Simulator } from '#server/dev/twilio/port.ts';
import { startSimulator } from '#server/dev/twilio/simulator.ts';
import { realTime } from '#server/dev/twilio/time.ts';
import { browserCookie } from '#server/buyers/browsers.ts';
import { addBrowser } from '#server/buyers/queries.ts';
import { sessionCookie } from '#server/platform/auth/sessions.ts';
import { readConfig } from '#server/platform/config.ts';
import { sha256 } from '#server/platform/tokens.ts';
import * as presence from '#server/presence/service.ts';
import { findFreePort } from '../../../scripts/pg.ts';
import { type Answer, type Client, cloneTemplate, createClient } from '../../harness.ts';
import {
  type CallSources,
  countReserved,
  addAgent,
  readCallRecord,
} from '../../server/calls/call-records.ts';
import { telephoneAccount, telephoneSettings } from '../../telephony.ts';
import { createWorld, type World } from '../../world.ts';
import { environment } from '../environment.ts';
import { eventually, stop, untilReady } from '../site.ts';
import { addPayer } from './payers.ts';

/** An agent with a phone, on duty. */
export interface Agent {
  id: number;
  phone: string;
}

/** A call of a visitor to an agent. */
export interface SceneCall {
  id: string;
  phone: string;
  visitor: Client;
  agent: Agent;
}

/** The service in production, which tests kill, with a simulated telephone network that goes on without it; in real time. */
export interface CallSite extends CallSources {
  db: Db;
  simulator: Simulator;
  start(env?: Record<string, string>): Promise<void>;
  /** Loads the modules for the next start, so that it takes less time while phones wait. */
  prepareStart(): Promise<void>;
  /** Kills the service with SIGKILL. */
  kill(): Promise<void>;
  /** Adds an agent of sever who is on duty. */
  addAgent(persona?: Persona): Promise<Agent>;
  /** Adds a visitor with a phone of their own. */
  addCaller(persona?: Persona): { visitor: Client; phone: string };
  /** Records the phone's consent to calls that this browser requests, so that it hears no prompt. */
  consent(visitor: Client, phone: string): Promise<void>;
  /** Requests a call as the visitor's click does. */
  click(visitor: Client, phone: string, agent: Agent, key?: string): Promise<Answer<{ id: string }>>;
  startCall(agent: Agent, persona?: Persona, confirmed?: boolean): Promise<SceneCall>;
  state(call: Pick<SceneCall, 'id'>): Promise<string>;
  untilState(call: Pick<SceneCall, 'id'>, state: string, within?: number): Promise<void>;
  /** Locks the presence of these agents, so that transactions about them wait; returns the unlocking. */
  lockAgents(agents: Agent[]): Promise<() => Promise<void>>;
  untilLockWaits(): Promise<void>;
  isReady(): Promise<boolean>;
  /** Cuts all connections to the database and refuses new ones; returns the undoing. */
  cutDatabase(): Promise<() => Promise<void>>;
  end(): Promise<void>;
}

/** Picks up after a second and presses 1 a second later. */
export const quickAgent: Persona = {
  kind: 'human',
  ringsAfter: 0.2,
  answersAfter: 1,
  presses: [{ digits: '1', after: 1 }],
};
/** Does the same, and hangs up after talking for five seconds. */
export const quickCaller: Persona = { ...quickAgent, hangsUpAfterTalking: 5 };

export interface SiteOptions {
  /** All agents are of the support, and callers pay with credit. */
  isPaid?: boolean;
}

export async function openCallSite({ isPaid = false }: SiteOptions = {}): Promise<CallSite> {
  const database = await cloneTemplate();
  const connection = connect(database.url);
  const { db } = connection;
  const world = await createWorld(db);
  const simulator = await startSimulator({ account: telephoneAccount, time: realTime(), callsPerSecond: 20 });
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const env = environmentOf(url, database.url, simulator.url);
  let service: ChildProcess | null = null;
  let next: ChildProcess | null = null;
  let people = 0;

  const site: CallSite = {
    ...{ db, simulator, service: { ctx: { db } } },
    roundedWithin: 2,
    async start(more = {}) {
      service = next ?? (await standBy({ ...env, ...more }));
      next = null;
      service.stdin?.write('begin\n');
      await untilReady(service, url);
    },
    async prepareStart() {
      next = await standBy(env);
    },
    async kill() {
      if (service) await stop(service, 'SIGKILL');
    },
    addAgent: async (persona = quickAgent) => {
      people += 1;
      const agent = await addAgentOnDuty(db, world, people, isPaid ? 'support' : 'sales');
      simulator.personas.set(agent.phone, persona);
      return agent;
    },
    addCaller(persona = quickCaller) {
      people += 1;
      const phone = `+1202555${String(100 + people).padStart(4, '0')}`;
      simulator.personas.set(phone, persona);
      return { phone, visitor: createClient(url, url) };
    },
    async click(visitor, phone, { id }, key) {
      if (isPaid && !visitor.cookies.has(sessionCookie.name)) await addPayer(db, visitor, 100_00n);
      return visitor.post<{ id: string }>(
        '/api/calls',
        {
          ...{ offerId: world.offers.sensorSever, kind: isPaid ? 'support' : 'sales' },
          ...{ phone, agentId: String(id) },
        },
        key === undefined ? {} : { 'idempotency-key': key },
      );
    },
    async consent(visitor, phone) {
      const buyerId = isPaid ? await addPayer(db, visitor, 100_00n) : await addGuest(db, visitor);
      await admission.recordConsent(
        db,
        { config: readConfig(env, 'production') },
        buyerId,
        phone,
        new Date(),
      );
    },
    async startCall(agent, persona, confirmed = false) {
      const caller = site.addCaller(persona);
      if (confirmed) await site.consent(caller.visitor, caller.phone);
      const { status, body } = await site.click(caller.visitor, caller.phone, agent);
      if (status !== 201) throw new Error(`not started: ${status} ${JSON.stringify(body)}`);
      return { id: body.id, agent, ...caller };
    },
    record: (id) => readCallRecord(db, id),
    countReserved: () => countReserved(db),
    state: async ({ id }) => (await readCallRecord(db, id)).state,
    untilState: (call, state, within = 120) =>
      site.until(async () => (await site.state(call)) === state, within),
    async until(isSo, within = 120) {
      await eventually(async () => (await isSo()) || undefined, within);
    },
    lockAgents: (agents) => lockPresence(database.url, agents),
    async untilLockWaits() {
      await site.until(() => isSomeoneWaiting(db));
    },
    isReady: async () => (await fetch(`${url}/readyz`).catch(() => null))?.ok ?? false,
    cutDatabase: () => refuseConnections(new URL(database.url).pathname.slice(1)),
    async end() {
      if (service) await stop(service, 'SIGTERM');
      if (next) await stop(next, 'SIGKILL');
      await simulator.close();
      await connection.close();
      await database.drop();
    },
  };
  return site;
}

/** Makes the browser one that has been here before. Returns the id of its buyer. */
async function addGuest(db: Db, { cookies }: Client): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  cookies.set(browserCookie.name, token);
  return addBrowser(db, sha256(token), new Date());
}

async function standBy(env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', './scripts/loading.ts', 'tests/e2e/calls/standby.ts'], {
    cwd: join(import.meta.dirname, '../../..'),
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`the service ended with ${String(code)} before it was loaded`);
  });
  await Promise.race([once(child.stdout, 'data'), died]);
  child.stdout.resume();
  return child;
}

function environmentOf(url: string, databaseUrl: string, twilioUrl: string): NodeJS.ProcessEnv {
  return {
    ...environment({ url, databaseUrl }),
    DRAIN_SECONDS: '0',
    // The service is killed on purpose and would log a lot about that.
    LOG_LEVEL: 'silent',
    ...telephoneSettings(twilioUrl),
    CALLS_AT_ONCE: '50',
    CALL_DAILY_BUDGET: '100000',
    CALL_UNANSWERED_CALLS: '1000',
    LIMIT_CALLS_PER_ADDRESS_TEN_MINUTES: '1000',
    LIMIT_CALLS_PER_ADDRESS_DAY: '1000',
  };
}

async function addAgentOnDuty(
  db: Db,
  world: World,
  number: number,
  kind: 'sales' | 'support',
): Promise<Agent> {
  const phone = `+3816411140${String(number).padStart(2, '0')}`;
  const person = { name: `Agent ${number}`, phone, email: `agent-${number}@sever.example` };
  const id = await addAgent(db, world, person);
  await db.execute(sql`update agents set kind = ${kind} where id = ${id}`);
  const now = new Date();
  await presence.declareMany(db, [id], new Date(now.getTime() + 8 * 3_600_000), now);
  return { id, phone };
}

async function lockPresence(databaseUrl: string, agents: Agent[]): Promise<() => Promise<void>> {
  const connection = connect(databaseUrl);
  const reserved = await connection.sql.reserve();
  await reserved`begin`;
  await reserved`
    select 1 from agent_presence where agent_id = any(${agents.map(({ id }) => id)}) order by agent_id for update`;
  return async () => {
    await reserved`rollback`;
    reserved.release();
    await connection.close();
  };
}

async function refuseConnections(name: string): Promise<() => Promise<void>> {
  const admin = postgres(inject('database').pgUrl, { max: 1 });
  const allow = (allowed: boolean) => admin.unsafe(`alter database ${name} allow_connections ${allowed}`);
  await allow(false);
  await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
  return async () => {
    await allow(true);
    await admin.end();
  };
}

async function isSomeoneWaiting(db: Db): Promise<boolean> {
  const rows = await db.execute(
    sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length > 0;
}
