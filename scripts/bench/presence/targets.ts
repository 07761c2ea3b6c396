import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { connect } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import * as accounts from '#server/accounts/service.ts';
import { importCatalog } from '#server/catalog/service.ts';
import { systemClock } from '#server/platform/clock.ts';
import { followMergedProducts } from '#server/solutions/service.ts';

export const origin = 'http://quoteline.test';
const credentials = { email: 'bench@quoteline.example', password: 'as long as it must be' };

/** The agent's last declaration: each change is to the opposite, so that there is something to send. */
let isAvailable = false;

/** A server process to measure: where clients connect, and how to make a change that it sends to them. */
export interface BenchTarget {
  port: number;
  path: string;
  connectsPerSecond: number;
  change(): Promise<void>;
  memory(): Promise<ProcessUsage>;
  stop(): Promise<void>;
}

export interface ProcessUsage {
  rss: number;
  /** Bytes of objects and buffers: RSS also counts memory that the start freed and sockets then reuse. */
  used: number;
  /** Microseconds of CPU time so far. */
  cpu: number;
  /** SQL statements so far; always 0 for the plain `ws` server. */
  statements: number;
}

/** Imports the demo catalogue and adds an agent who can log in. Returns products of that agent, most offers first. */
export async function prepare(url: string, products: number) {
  await migrate(url);
  const connection = connect(url);
  const { db, sql } = connection;
  await importCatalog({ sql, clock: systemClock }, 'db/seed/catalog', {
    onProductsMerged: followMergedProducts,
  });
  const found = await sql<{ agent: number; vendor: number; product: string; offers: number }[]>`
    with answered as (
      select distinct a.id::int as agent, a.vendor_id::int as vendor, o.product_id::text as product,
        (select count(*)::int from offers other where other.product_id = p.id) as offers
      from agents a join agent_responsibilities r on r.agent_id = a.id
      join categories c on r.category_id = any(c.lineage)
      join products p on p.category_id = c.id
      join offers o on o.product_id = p.id and o.vendor_id = a.vendor_id)
    select * from answered
    where agent = (select agent from answered order by offers desc, agent limit 1)
    order by offers desc, product limit ${products}`;
  const [first] = found;
  if (!first) throw new Error('the demo catalogue has no agent who answers for a product');
  const own = { role: 'agent', locale: 'en', name: 'Bench' } as const;
  const { agent: agentId, vendor: vendorId } = first;
  await accounts.addAccount(db, { ...credentials, ...own, agentId, vendorId });
  await connection.close();
  return { agentId, productIds: found.map(({ product }) => product) };
}

/** Starts a file, relative to this folder, as a process, which reports its port first and its memory on request. */
export async function startProcess(file: string, args: string[], env: Record<string, string> = {}) {
  const child = fork(join(import.meta.dirname, file), args, {
    execArgv: ['--expose-gc'],
    env: { ...process.env, ...env },
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  /** Sends a command and returns the answer. */
  const ask = async <Answer>(command: string): Promise<Answer> => {
    child.send({ do: command });
    const [answer] = (await once(child, 'message')) as [Answer];
    return answer;
  };
  return {
    port,
    pid: child.pid ?? 0,
    send: (message: object) => child.send(message),
    ask,
    memory: async () => (await ask<{ memory: ProcessUsage }>('memory')).memory,
    async stop() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** Starts the service with a production configuration and logs the agent in. */
export async function startService(databaseUrl: string, agentId: number): Promise<BenchTarget> {
  const service = await startProcess('service.ts', [], {
    DATABASE_URL: databaseUrl,
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'Quoteline <quoteline@quoteline.example>',
    SECRET_KEY: 'a key for measuring only, of more than 32 bytes',
    PUBLIC_URL: origin,
    LIMIT_SOCKETS_PER_ADDRESS: '100000',
    LOG_LEVEL: 'warn',
  });
  const api = async (method: string, path: string, body: object, cookie = '') => {
    const headers = { 'content-type': 'application/json', origin, cookie };
    const url = `http://127.0.0.1:${service.port}${path}`;
    const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
    if (!response.ok)
      throw new Error(`${path} of agent ${agentId}: ${response.status} ${await response.text()}`);
    return response;
  };
  const login = await api('POST', '/api/account/login', credentials);
  const cookie = login.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const change = async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    isAvailable = !isAvailable;
    const declaration = isAvailable ? { status: 'available', until } : { status: 'offline' };
    await api('PUT', '/api/agent/status', declaration, cookie);
  };
  // The rate at which one process accepts pages.
  return { ...service, path: '/ws', connectsPerSecond: 190, change };
}

/** Sends a command to a process of clients and returns its report. Throws when the process ends first. */
export async function sendCommand<Command extends object, Report>(
  clients: ChildProcess,
  command: Command,
): Promise<Report> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const clientsEnded = once(clients, 'exit', { signal }).then(() => {
    throw new Error('the clients have ended');
  });
  const report = once(clients, 'message', { signal }).then(([message]) => message as Report);
  clients.send(command);
  try {
    return await Promise.race([report, clientsEnded]);
  } finally {
    clientsEnded.catch(() => {});
    waiting.abort();
  }
}
