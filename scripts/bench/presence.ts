import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connect, migrate } from '#db/client.ts';
import * as accounts from '#server/accounts/service.ts';
import { importCatalog } from '#server/catalog/service.ts';
import { systemClock } from '#server/platform/clock.ts';
import { connectOrStart } from '../pg.ts';
import type { Order, Report } from './presence/clients.ts';

/**
 * `npm run bench -- presence [--sockets 1000,5000] [--rounds 20]`: an agent changes its status over HTTP; how long until
 * every page that watches the product knows, beside a bare `ws` broadcast of as many bytes to as many clients. Service,
 * bare server and clients are processes of their own; a throwaway database holds the demo catalogue.
 */
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: { sockets: { type: 'string', default: '1000,5000' }, rounds: { type: 'string', default: '20' } },
});
const rounds = Number(options.rounds);
const warmUp = 3;
const origin = 'http://quoteline.test';
const credentials = { email: 'bench@quoteline.example', password: 'as long as it must be' };

/** What the agent declared last: each change is to the opposite, so that there is something to tell. */
let isAvailable = false;

/** Something with clients: where they connect, and how a change is made. */
interface Stand {
  port: number;
  path: string;
  topic: string;
  connectsPerSecond: number;
  change(): Promise<void>;
  memory(): Promise<Used>;
  stop(): Promise<void>;
}

interface Used {
  rss: number;
  /** Objects and buffers in use: RSS also counts what the start left behind, which sockets then use. */
  used: number;
  /** Processor time so far, microseconds. */
  cpu: number;
}

interface Measured {
  sockets: number;
  delays: number[];
  framesPerSecond: number;
  /** Bytes. */
  perSocket: Pick<Used, 'rss' | 'used'>;
  /** Processor time of the server, microseconds: hardly changed by what else the machine does. */
  cpuPerFrame: number;
}

const dataDir = mkdtempSync(join(tmpdir(), 'quoteline-bench-'));
const database = await connectOrStart({ dataDir });
try {
  const { agentId, productId, frameLength } = await prepare(database.url);
  const rows: Record<string, Record<string, string>> = {};
  for (const sockets of options.sockets.split(',').map(Number)) {
    const bare = await measure(await startBare(frameLength), sockets);
    const ours = await measure(await startOurs(database.url, agentId, productId), sockets);
    const ratio = (ours.framesPerSecond / bare.framesPerSecond).toFixed(2);
    rows[`bare ws, ${sockets}`] = row(bare, '1.00');
    rows[`service, ${sockets}`] = row(ours, ratio);
  }
  console.log(
    `${rounds} changes each; a frame of ${frameLength} bytes; delay from before the change to each page`,
  );
  console.table(rows);
} finally {
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

function row(
  { delays, framesPerSecond, perSocket, cpuPerFrame }: Measured,
  ratio: string,
): Record<string, string> {
  const sorted = [...delays].sort((a, b) => a - b);
  const at = (share: number) => `${(sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0)} ms`;
  return {
    ...{ p50: at(0.5), p95: at(0.95), p99: at(0.99) },
    'frames/s': framesPerSecond.toFixed(0),
    'of bare': ratio,
    'CPU/frame': `${cpuPerFrame.toFixed(1)} µs`,
    'RSS/socket': `${(perSocket.rss / 1024).toFixed(1)} KB`,
    'used/socket': `${(perSocket.used / 1024).toFixed(1)} KB`,
  };
}

/** The demo catalogue and an agent who can log in: the one who answers for the most, and one of its products. */
async function prepare(url: string) {
  await migrate(url);
  const connection = connect(url);
  const { db, sql } = connection;
  await importCatalog({ sql, clock: systemClock }, 'db/seed/catalog', {});
  const [found] = await sql<{ agent: number; vendor: number; product: string; frame: number }[]>`
    select a.id::int as agent, a.vendor_id::int as vendor, o.product_id::text as product
    from agents a join agent_responsibilities r on r.agent_id = a.id
    join categories c on r.category_id = any(c.lineage)
    join products p on p.category_id = c.id
    join offers o on o.product_id = p.id and o.vendor_id = a.vendor_id
    order by (select count(*) from offers other where other.product_id = p.id) desc, a.id limit 1`;
  if (!found) throw new Error('the demo catalogue has no agent who answers for a product');
  const own = {
    role: 'agent',
    locale: 'en',
    name: 'Bench',
    agentId: found.agent,
    vendorId: found.vendor,
  } as const;
  await accounts.addAccount(db, { ...credentials, ...own });
  await connection.close();
  const stand = await startOurs(url, found.agent, found.product);
  const frameLength = await firstFrameLength(stand);
  await stand.stop();
  return { agentId: found.agent, productId: found.product, frameLength };
}

async function firstFrameLength({ port, path, topic }: Stand): Promise<number> {
  const { default: WebSocket } = await import('ws');
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { origin });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'watch', topic }));
  const [data] = (await once(socket, 'message')) as [Buffer];
  socket.terminate();
  return data.length;
}

async function measure(stand: Stand, sockets: number): Promise<Measured> {
  const clients = fork(join(import.meta.dirname, 'presence/clients.ts'));
  const { port, path, topic, connectsPerSecond: perSecond } = stand;
  const before = await stand.memory();
  const url = `ws://127.0.0.1:${port}${path}`;
  await order(clients, { do: 'open', url, origin, topic, count: sockets, perSecond });
  const after = await stand.memory();
  const perSocket = { rss: (after.rss - before.rss) / sockets, used: (after.used - before.used) / sockets };
  const delays: number[] = [];
  let sendingMs = 0;
  let workedBefore = after;
  for (let round = 0; round < warmUp + rounds; round += 1) {
    if (round === warmUp) workedBefore = await stand.memory();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const arrived = order(clients, { do: 'expect' });
    // The clients have the order before there is anything to count.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const changedAt = Number(process.hrtime.bigint());
    await stand.change();
    const { arrivals } = (await arrived) as Report & { did: 'expect' };
    if (round < warmUp) continue;
    for (const at of arrivals) delays.push((at - changedAt) / 1e6);
    sendingMs += ((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)) / 1e6;
  }
  const cpuPerFrame = ((await stand.memory()).cpu - workedBefore.cpu) / (rounds * sockets);
  await order(clients, { do: 'close' });
  clients.kill();
  await stand.stop();
  return {
    sockets,
    delays,
    framesPerSecond: (rounds * sockets) / (sendingMs / 1000),
    perSocket,
    cpuPerFrame,
  };
}

async function order(clients: ChildProcess, what: Order): Promise<Report> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const left = once(clients, 'exit', { signal }).then(() => {
    throw new Error('the clients have ended');
  });
  const answered = once(clients, 'message', { signal }).then(([report]) => report as Report);
  clients.send(what);
  try {
    return await Promise.race([answered, left]);
  } finally {
    left.catch(() => {});
    waiting.abort();
  }
}

async function startProcess(file: string, args: string[], env: Record<string, string> = {}) {
  const child = fork(join(import.meta.dirname, 'presence', file), args, {
    execArgv: ['--expose-gc'],
    env: { ...process.env, ...env },
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    port,
    send: (message: object) => child.send(message),
    async memory() {
      child.send({ do: 'memory' });
      const [{ memory }] = (await once(child, 'message')) as [{ memory: Used }];
      return memory;
    },
    async stop() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function startBare(frameLength: number): Promise<Stand> {
  const bare = await startProcess('bare.ts', [String(frameLength)]);
  const change = async () => void bare.send({ do: 'change' });
  return { ...bare, path: '/', topic: '', connectsPerSecond: 1_000, change };
}

async function startOurs(databaseUrl: string, agentId: number, productId: string): Promise<Stand> {
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
  // As fast as a process lets pages in.
  return { ...service, path: '/ws', topic: `product:${productId}`, connectsPerSecond: 190, change };
}
