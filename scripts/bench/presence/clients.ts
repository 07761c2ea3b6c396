import WebSocket from 'ws';

/** Commands to a process of many pages; it reports when each page got a frame, in nanoseconds of `process.hrtime`. */
export type ClientCommand =
  | { do: 'open'; url: string; origin: string; topic: string; count: number; perSecond: number }
  | { do: 'expect' }
  | { do: 'close' };
export type ClientReport = { did: 'open' } | { did: 'expect'; arrivals: number[] } | { did: 'close' };

let sockets: WebSocket[] = [];
let arrivals: bigint[] = [];
let onAllArrived: (() => void) | undefined;

const report = (message: ClientReport) => process.send?.(message);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function countFrame(): void {
  arrivals.push(process.hrtime.bigint());
  if (arrivals.length === sockets.length) onAllArrived?.();
}

/** Opens a page and waits for its first frame; retries after a second while the server answers 503. */
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

async function open({ url, origin, topic, count, perSecond }: ClientCommand & { do: 'open' }): Promise<void> {
  const opening: Promise<void>[] = [];
  for (let i = 0; i < count; i += 1) {
    opening.push(openOne(url, origin, topic));
    if (i % 10 === 9) await pause(10_000 / perSecond);
  }
  await Promise.all(opening);
  for (const socket of sockets) socket.on('message', countFrame);
}

process.on('message', (command: ClientCommand) => {
  if (command.do === 'open') void open(command).then(() => report({ did: 'open' }));
  if (command.do === 'expect') {
    arrivals = [];
    onAllArrived = () => report({ did: 'expect', arrivals: arrivals.map(Number) });
  }
  if (command.do === 'close') {
    for (const socket of sockets) socket.terminate();
    sockets = [];
    report({ did: 'close' });
  }
});
process.on('disconnect', () => process.exit());
