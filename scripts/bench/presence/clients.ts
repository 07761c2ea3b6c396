import WebSocket from 'ws';

/**
 * Many pages in one process, on orders of its parent: connects them, and tells when each of them got a frame, in
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

async function open({ url, origin, topic, count, perSecond }: Order & { do: 'open' }): Promise<void> {
  const began = performance.now();
  const opening: Promise<unknown>[] = [];
  for (let i = 0; i < count; i += 1) {
    const dueMs = (i / perSecond) * 1000 - (performance.now() - began);
    if (dueMs > 0) await pause(dueMs);
    const socket = new WebSocket(url, { origin, perMessageDeflate: false });
    sockets.push(socket);
    opening.push(
      new Promise((resolve, reject) => {
        socket.once('error', reject);
        socket.once('message', resolve);
      }),
    );
    socket.once('open', () => socket.send(JSON.stringify({ type: 'watch', topic })));
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
