import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectOrStart } from '../pg.ts';
import type { ReturningOrder, ReturningReport } from './presence/returning.ts';
import { order, origin, prepare, type Stand, startService } from './presence/stands.ts';

/**
 * `npm run bench -- storm [--sockets 5000] [--products 50] [--seconds 5]`: two service processes on one database, all
 * pages on one of them. An agent whose status flaps, changed through the other process: what each page is sent, and when
 * all have the last status. Then `kill -9` ends the process, and its pages reconnect to the other one.
 */
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: {
    sockets: { type: 'string', default: '5000' },
    products: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '5' },
  },
});
const count = Number(options.sockets);
const flapsPerSecond = 20;

const dataDir = mkdtempSync(join(tmpdir(), 'quoteline-bench-'));
const database = await connectOrStart({ dataDir });
const clients = fork(join(import.meta.dirname, 'presence/returning.ts'));
const tell = (what: ReturningOrder) => order<ReturningOrder, ReturningReport>(clients, what);
try {
  const { agentId, productIds } = await prepare(database.url, Number(options.products));
  const [doomed, heir] = [
    await startService(database.url, agentId),
    await startService(database.url, agentId),
  ];
  const topics = productIds.map((id) => `product:${id}`);
  const perSecond = doomed.connectsPerSecond;
  await tell({ do: 'open', url: socketsOf(doomed), origin, topics, count, perSecond });
  console.log(`${count} pages of ${topics.length} products`);
  console.table({ 'an agent that flaps': await flap(doomed, heir, String(agentId)) });
  console.table({ 'kill -9': await storm(doomed, heir) });
  await heir.stop();
} finally {
  clients.kill();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

function socketsOf({ port, path }: Stand): string {
  return `ws://127.0.0.1:${port}${path}`;
}

async function flap(watched: Stand, other: Stand, agentId: string) {
  const seconds = Number(options.seconds);
  await tell({ do: 'count' });
  const before = await watched.memory();
  let changes = 0;
  const began = performance.now();
  while (performance.now() - began < seconds * 1_000 || changes % 2 === 1) {
    await other.change();
    changes += 1;
    await new Promise((resolve) => setTimeout(resolve, 1_000 / flapsPerSecond));
  }
  const changed = performance.now();
  await tell({ do: 'await', status: 'offline', agentId });
  const known = performance.now();
  const { frames } = (await tell({ do: 'count' })) as ReturningReport & { did: 'count' };
  const after = await watched.memory();
  const perSecond = (total: number) => (total / ((known - began) / 1_000)).toFixed(1);
  return {
    changes,
    'frames a page and second': perSecond(frames.reduce((sum, one) => sum + one, 0) / count),
    'most of a page': perSecond(Math.max(...frames)),
    'last known by all after': `${(known - changed).toFixed(0)} ms`,
    'RSS grew by': `${((after.rss - before.rss) / 1024 / 1024).toFixed(1)} MB`,
  };
}

async function storm(doomed: Stand, heir: Stand) {
  const before = await heir.memory();
  const returned = tell({ do: 'return', url: socketsOf(heir) });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await doomed.stop();
  const { gaps, refused } = (await returned) as ReturningReport & { did: 'return' };
  const after = await heir.memory();
  const sorted = gaps.sort((a, b) => a - b);
  const at = (share: number) => `${((sorted[Math.floor((count - 1) * share)] ?? 0) / 1_000).toFixed(1)} s`;
  return {
    ...{ 'half are back after': at(0.5), '95 %': at(0.95), all: at(1) },
    'attempts refused': refused,
    'SQL statements': after.statements - before.statements,
    'memory in use a socket': `${((after.used - before.used) / count / 1024).toFixed(1)} KB`,
  };
}
