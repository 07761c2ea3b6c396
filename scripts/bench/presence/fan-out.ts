import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectOrStart } from '../../pg.ts';
import type { ClientCommand, ClientReport } from './clients.ts';
import {
  type BenchTarget,
  origin,
  prepare,
  type ProcessUsage,
  sendCommand,
  startProcess,
  startService,
} from './targets.ts';

const warmUp = 3;

/** How one change reached all sockets. */
export interface Measured {
  sockets: number;
  delays: number[];
  framesPerSecond: number;
  /** Bytes. */
  perSocket: Pick<ProcessUsage, 'rss' | 'used'>;
  /** Microseconds of the server's CPU time: hardly affected by other load. */
  cpuPerFrame: number;
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

/** Opens the sockets, makes a change in each round, and stops the target. */
export async function measureFanOut(
  target: BenchTarget,
  { sockets, topic, rounds }: { sockets: number; topic: string; rounds: number },
): Promise<Measured> {
  const clients = fork(join(import.meta.dirname, 'clients.ts'));
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

/** Starts a server that has nothing but `ws`. */
export async function startBare(frameLength: number): Promise<BenchTarget> {
  const bare = await startProcess('bare.ts', [String(frameLength)]);
  const change = async () => void bare.send({ do: 'change' });
  return { ...bare, path: '/', connectsPerSecond: 1_000, change };
}

/** Runs `work` on a throwaway database with the demo catalogue, an agent, and a topic that this agent's changes reach. */
export async function withWatchedProduct<T>(
  work: (given: { url: string; agentId: number; topic: string; frameLength: number }) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'quoteline-bench-'));
  const database = await connectOrStart({ dataDir });
  const { url } = database;
  try {
    const { agentId, productIds } = await prepare(url, 1);
    const topic = `product:${productIds[0]}`;
    const sample = await startService(url, agentId);
    const frameLength = await firstFrameLength(sample.port, topic);
    await sample.stop();
    return await work({ url, agentId, topic, frameLength });
  } finally {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
