import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** The server to compare the service with: only `ws`, and one loop over its clients. */
const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
const frame = Buffer.from(`{"type":"state","padding":"${'x'.repeat(Number(process.argv[2]) - 29)}"}`);
const broadcast = () => {
  for (const socket of sockets.clients) socket.send(frame, { binary: false });
};
sockets.on('connection', (socket) => {
  socket.on('message', () => socket.send(frame, { binary: false }));
});

process.on('message', (command: { do: 'change' | 'memory' }) => {
  if (command.do === 'change') return broadcast();
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send?.({
    did: 'memory',
    memory: { rss, used: heapUsed + external, cpu: user + system, statements: 0 },
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ did: 'listen', port: (server.address() as AddressInfo).port });
});
process.on('disconnect', () => process.exit());
