import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { usage } from '../presence/usage.ts';

/* Serves the built site of `bare-kit/`, whose folder is the argument, as a process to measure. */

const { handler } = (await import(pathToFileURL(join(process.argv[2] ?? '', 'handler.js')).href)) as {
  handler: RequestListener;
};
const server = createServer(handler).listen(0, '127.0.0.1', () => {
  process.send?.({ did: 'listen', port: (server.address() as AddressInfo).port });
});
process.on('message', () => process.send?.({ did: 'memory', memory: usage() }));
process.on('disconnect', () => process.exit());
