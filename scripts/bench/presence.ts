import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectOrStart } from '../pg.ts';
import type { ClientCommand, ClientReport } from './presence/clients.ts';
import {
  sendCommand,
  origin,
  prepare,
  type BenchTarget,
  startProcess,
  startService,
  type ProcessUsage,
} from './presence/targets.ts';

/**
 * `npm run bench -- presence [--sockets 1000,5000] [--rounds 20]`: measures how long an agent's change of status takes to
 * reach every page that watches a product, next to a plain `ws` broadcast of the same size. Each part is its own process.
 */
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: { sockets: { type: 'string', default: '1000,5000' }, rounds: { type: 'string', default: '20' } },
});
const rounds = Number(options.rounds);
const warmUp = 3;

interface Measured {
  sockets: number;
  delays: number[];
  framesPerSecond: number;
  /** Bytes. */
  perSocket: Pick<ProcessUsage, 'rss' | 'used'>;
  /** Microseconds of the server's CPU time: hardly affected by other load. */
  cpuPerFrame: number;
}

const dataDir = mkdtempSync(join(tmpdir(), 'quoteline-bench-'));
const database = await connectOrStart({ dataDir });
try {
  const { agentId, productIds } = await prepare(database.url, 1);
  const topic = `product:${productIds[0]}`;
  const sample = await startService(database.url, agentId);
  const frameLength = await firstFrameLength(sample.port, topic);
  await sample.stop();
  const rows: Record<string, Record<string, string>> = {};
  for (const sockets of options.sockets.split(',').map(Number)) {
    const bare = await measure(await startBare(frameLength), sockets, topic);
    const ours = await measure(await startService(database.url, agentId), sockets, topic);
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

async function firstFrameLength(port: number, topic: string): Promise<number> {
  const { default: WebSocket } = await import('ws');
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, { origin });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'watch', topic }));
  const [data] = (await once(socket, 'message')) as [Buffer];
  socket.terminate();
  return data.length;
}

async function measure(target: BenchTarget, sockets: number, topic: string): Promise<Measured> {
  const clients = fork(join(import.meta.dirname, 'presence/clients.ts'));
  const { port, path, connectsPerSecond: perSecond } = target;
  const before = await target.memory();
  const url = `ws://127.0.0.1:${port}${path}`;
  await sendCommand<ClientCommand, ClientReport>(clients, {
    do: 'open',
    url,
    origin,
    topic,
    count: sockets,
    perSecond,
  });
  const after = await target.memory();
  const perSocket = { rss: (after.rss - before.rss) / sockets, used: (after.used - before.used) / sockets };
  const delays: number[] = [];
  let sendingMs = 0;
  let workedBefore = after;
  for (let round = 0; round < warmUp + rounds; round += 1) {
    if (round === warmUp) workedBefore = await target.memory();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const arrived = sendCommand<ClientCommand, ClientReport>(clients, { do: 'expect' });
    // The clients must count frames before the first change.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const changedAt = Number(process.hrtime.bigint());
    await target.change();
    const { arrivals } = (await arrived) as ClientReport & { did: 'expect' };
    if (round < warmUp) continue;
    for (const at of arrivals) delays.push((at - changedAt) / 1e6);
    sendingMs += ((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)) / 1e6;
  }
  const cpuPerFrame = ((await target.memory()).cpu - workedBefore.cpu) / (rounds * sockets);
  await sendCommand<ClientCommand, ClientReport>(clients, { do: 'close' });
  clients.kill();
  await target.stop();
  return {
    sockets,
    delays,
    framesPerSecond: (rounds * sockets) / (sendingMs / 1000),
    perSocket,
    cpuPerFrame,
  };
}

async function startBare(frameLength: number): Promise<BenchTarget> {
  const bare = await startProcess('bare.ts', [String(frameLength)]);
  const change = async () => void bare.send({ do: 'change' });
  return { ...bare, path: '/', connectsPerSecond: 1_000, change };
}
