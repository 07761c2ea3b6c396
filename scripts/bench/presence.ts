import { parseArgs } from 'node:util';
import { type Measured, measureFanOut, startBare, withWatchedProduct } from './presence/fan-out.ts';
import { startService } from './presence/targets.ts';

/**
 * `npm run bench -- presence [--sockets 1000,5000] [--rounds 20]`: measures how long an agent's change of status takes to
 * reach every page that watches a product, next to a plain `ws` broadcast of the same size. Each part is its own process.
 */
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: { sockets: { type: 'string', default: '1000,5000' }, rounds: { type: 'string', default: '20' } },
});
const rounds = Number(options.rounds);

await withWatchedProduct(async ({ url, agentId, topic, frameLength }) => {
  const rows: Record<string, Record<string, string>> = {};
  for (const sockets of options.sockets.split(',').map(Number)) {
    const watched = { sockets, topic, rounds };
    const bare = await measureFanOut(await startBare(frameLength), watched);
    const ours = await measureFanOut(await startService(url, agentId), watched);
    const ratio = (ours.framesPerSecond / bare.framesPerSecond).toFixed(2);
    rows[`bare ws, ${sockets}`] = row(bare, '1.00');
    rows[`service, ${sockets}`] = row(ours, ratio);
  }
  console.log(
    `${rounds} changes each; a frame of ${frameLength} bytes; delay from before the change to each page`,
  );
  console.table(rows);
});

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
