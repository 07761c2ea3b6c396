import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { startBare, withWatchedProduct } from './presence/fan-out.ts';
import type { ReturningCommand, ReturningReport } from './presence/returning.ts';
import { type BenchTarget, origin, sendCommand, startService } from './presence/targets.ts';

/**
 * `npm run bench -- two-services [--sockets 10000] [--watching 5000] [--rounds 10]`: measures how long an agent's change of status
 * takes to reach the pages that watch a product, half of them at each of two services, among others that watch other
 * products, next to a plain `ws` broadcast to as many; then one service is killed, its pages reconnect to the other, and it
 * is measured again.
 */
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: {
    sockets: { type: 'string', default: '10000' },
    watching: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '10' },
  },
});
const [sockets, watching, rounds] = [options.sockets, options.watching, options.rounds].map(Number) as [
  number,
  number,
  number,
];
const warmUp = 2;
const pauseMs = 1_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const send = (clients: ChildProcess, command: ReturningCommand) =>
  sendCommand<ReturningCommand, ReturningReport>(clients, command);
const addressOf = ({ port, path }: BenchTarget) => `ws://127.0.0.1:${port}${path}`;
const mostOthers = 1_000;
const open = (clients: ChildProcess, server: BenchTarget, topics: string[], count: number) =>
  send(clients, {
    ...{ do: 'open', url: addressOf(server), origin, topics, count },
    perSecond: server.connectsPerSecond / 2,
  });

await withWatchedProduct(async ({ url, agentId, topic, frameLength }) => {
  const rows: Record<string, Record<string, string>> = {};
  rows['bare ws, two processes'] = await measureBare(frameLength);
  const others = await topicsOfOthers(url, agentId);
  const services = [await startService(url, agentId), await startService(url, agentId)] as const;
  const [killed, left] = services;
  /** By service: those who watch the product, and the others. */
  const pages = services.map((service) => ({
    service,
    watchers: fork(join(import.meta.dirname, 'presence/returning.ts')),
    others: fork(join(import.meta.dirname, 'presence/returning.ts')),
  }));
  await Promise.all(
    pages.flatMap((at) => [
      open(at.watchers, at.service, [topic], watching / 2),
      open(at.others, at.service, others, (sockets - watching) / 2),
    ]),
  );
  const watchers = pages.map((at) => at.watchers);
  rows['two services'] = await measure(watchers, services, [left]);

  const returned = [pages[0]!.watchers, pages[0]!.others].map((clients) =>
    send(clients, { do: 'return', url: addressOf(left) }),
  );
  const killedAt = performance.now();
  await killed.stop();
  await Promise.all(returned);
  const seconds = (performance.now() - killedAt) / 1000;
  rows['one, after the kill'] = await measure(watchers, [left], [left]);
  for (const at of pages) for (const clients of [at.watchers, at.others]) clients.kill();
  await left.stop();
  console.log(
    `${sockets} pages, ${watching} of them watch one product; ${rounds} changes each; delay from before the change to each page.\n` +
      `${sockets / 2} pages had returned ${seconds.toFixed(1)} s after the kill.`,
  );
  console.table(rows);
});

async function measureBare(frameLength: number): Promise<Record<string, string>> {
  const servers = [await startBare(frameLength), await startBare(frameLength)];
  const watchers = servers.map(() => fork(join(import.meta.dirname, 'presence/returning.ts')));
  await Promise.all(
    servers.map((server, index) => open(watchers[index]!, server, ['product:0'], watching / 2)),
  );
  const measured = await measure(watchers, servers, servers);
  for (const clients of watchers) clients.kill();
  await Promise.all(servers.map((server) => server.stop()));
  return measured;
}

/** Measures changes made at `changing` until all pages of all `servers` know them. */
async function measure(
  watchers: readonly ChildProcess[],
  servers: readonly BenchTarget[],
  changing: readonly BenchTarget[],
): Promise<Record<string, string>> {
  const delays: number[] = [];
  const cpuOf = async () => {
    const used = await Promise.all(servers.map((server) => server.memory()));
    return used.reduce((sum, { cpu }) => sum + cpu, 0);
  };
  let before = 0;
  for (let round = 0; round < warmUp + rounds; round += 1) {
    if (round === warmUp) before = await cpuOf();
    const arrived = watchers.map((clients) => send(clients, { do: 'expect' }));
    // They must count frames before the change.
    await pause(pauseMs);
    const changedAt = Number(process.hrtime.bigint());
    await Promise.all(changing.map((server) => server.change()));
    for (const report of await Promise.all(arrived)) {
      const { arrivals } = report as ReturningReport & { did: 'expect' };
      if (round >= warmUp) delays.push(...arrivals.map((at) => (at - changedAt) / 1e6));
    }
  }
  const cpu = (await cpuOf()) - before;
  const memory = await Promise.all(servers.map((server) => server.memory()));
  const sorted = delays.sort((a, b) => a - b);
  const at = (share: number) => `${(sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0)} ms`;
  return {
    ...{ p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) },
    'CPU/frame': `${(cpu / delays.length).toFixed(1)} µs`,
    RSS: memory.map(({ rss }) => `${(rss / 2 ** 20).toFixed(0)} MB`).join(' + '),
  };
}

/** Returns topics of products that the agent's changes don't concern. */
async function topicsOfOthers(url: string, agentId: number): Promise<string[]> {
  const sql = postgres(url, { max: 1 });
  const found = await sql<{ id: string }[]>`
    select id::text from products p where not exists (
      select from offers o join agents a on a.vendor_id = o.vendor_id where o.product_id = p.id and a.id = ${agentId})
    order by id limit ${mostOthers}`;
  await sql.end();
  return found.map(({ id }) => `product:${id}`);
}
