import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectOrStart } from '../pg.ts';
import type { ReturningCommand, ReturningReport } from './presence/returning.ts';
import { sendCommand, origin, prepare, type BenchTarget, startService } from './presence/targets.ts';

/**
 * `npm run bench -- storm [--sockets 5000] [--products 50] [--seconds 5]`: two service processes, all pages on one of them.
 * First an agent's status changes often through the other process; then `kill -9` makes all pages reconnect to that one.
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
const sendToPages = (command: ReturningCommand) =>
  sendCommand<ReturningCommand, ReturningReport>(clients, command);
try {
  const { agentId, productIds } = await prepare(database.url, Number(options.products));
  const [killed, survivor] = [
    await startService(database.url, agentId),
    await startService(database.url, agentId),
  ];
  const topics = productIds.map((id) => `product:${id}`);
  const perSecond = killed.connectsPerSecond;
  await sendToPages({ do: 'open', url: socketsOf(killed), origin, topics, count, perSecond });
  console.log(`${count} pages of ${topics.length} products`);
  console.table({ 'an agent that flaps': await measureFlapping(killed, survivor, String(agentId)) });
  console.table({ 'kill -9': await measureReconnects(killed, survivor) });
  await survivor.stop();
} finally {
  clients.kill();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

function socketsOf({ port, path }: BenchTarget): string {
  return `ws://127.0.0.1:${port}${path}`;
}

async function measureFlapping(watched: BenchTarget, other: BenchTarget, agentId: string) {
  const seconds = Number(options.seconds);
  await sendToPages({ do: 'count' });
  const before = await watched.memory();
  let changes = 0;
  const began = performance.now();
  while (performance.now() - began < seconds * 1_000 || changes % 2 === 1) {
    await other.change();
    changes += 1;
    await new Promise((resolve) => setTimeout(resolve, 1_000 / flapsPerSecond));
  }
  const changed = performance.now();
  await sendToPages({ do: 'await', status: 'offline', agentId });
  const known = performance.now();
  const { frames } = (await sendToPages({ do: 'count' })) as ReturningReport & { did: 'count' };
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

async function measureReconnects(killed: BenchTarget, survivor: BenchTarget) {
  const before = await survivor.memory();
  const returned = sendToPages({ do: 'return', url: socketsOf(survivor) });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await killed.stop();
  const { gaps, refused } = (await returned) as ReturningReport & { did: 'return' };
  const after = await survivor.memory();
  const sorted = gaps.sort((a, b) => a - b);
  const at = (share: number) => `${((sorted[Math.floor((count - 1) * share)] ?? 0) / 1_000).toFixed(1)} s`;
  return {
    ...{ 'half are back after': at(0.5), '95 %': at(0.95), all: at(1) },
    'attempts refused': refused,
    'SQL statements': after.statements - before.statements,
    'memory in use a socket': `${((after.used - before.used) / count / 1024).toFixed(1)} KB`,
  };
}
