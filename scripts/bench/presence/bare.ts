import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { usage } from './usage.ts';

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
  process.send?.({ did: 'memory', memory: usage() });
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ did: 'listen', port: (server.address() as AddressInfo).port });
});
process.on('disconnect', () => process.exit());
