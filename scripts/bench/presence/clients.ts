import WebSocket from 'ws';

/**
 * Many pages in one process, on orders of its parent: connects them and reports when each got a frame, in
 * nanoseconds of the machine's monotonic clock.
 */
export type Order =
  | { do: 'open'; url: string; origin: string; topic: string; count: number; perSecond: number }
  | { do: 'expect' }
  | { do: 'close' };
export type Report = { did: 'open' } | { did: 'expect'; arrivals: number[] } | { did: 'close' };

let sockets: WebSocket[] = [];
let arrivals: bigint[] = [];
let whenAll: (() => void) | undefined;

const report = (message: Report) => process.send?.(message);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function countFrame(): void {
  arrivals.push(process.hrtime.bigint());
  if (arrivals.length === sockets.length) whenAll?.();
}

/** Returns an open page that has its first frame; retries when asked to come back later. */
async function openOne(url: string, origin: string, topic: string): Promise<void> {
  const socket = new WebSocket(url, { origin, perMessageDeflate: false });
  const isOpen = await new Promise<boolean>((resolve, reject) => {
    socket.once('message', () => resolve(true));
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      if (response.statusCode === 503) resolve(false);
      else reject(new Error(`socket refused: ${response.statusCode}`));
    });
    socket.once('error', reject);
    socket.once('open', () => socket.send(JSON.stringify({ type: 'watch', topic })));
  });
  if (isOpen) sockets.push(socket);
  else await pause(1_000).then(() => openOne(url, origin, topic));
}

async function open({ url, origin, topic, count, perSecond }: Order & { do: 'open' }): Promise<void> {
  const opening: Promise<void>[] = [];
  for (let i = 0; i < count; i += 1) {
    opening.push(openOne(url, origin, topic));
    if (i % 10 === 9) await pause(10_000 / perSecond);
  }
  await Promise.all(opening);
  for (const socket of sockets) socket.on('message', countFrame);
}

process.on('message', (order: Order) => {
  if (order.do === 'open') void open(order).then(() => report({ did: 'open' }));
  if (order.do === 'expect') {
    arrivals = [];
    whenAll = () => report({ did: 'expect', arrivals: arrivals.map(Number) });
  }
  if (order.do === 'close') {
    for (const socket of sockets) socket.terminate();
    sockets = [];
    report({ did: 'close' });
  }
});
process.on('disconnect', () => process.exit());
