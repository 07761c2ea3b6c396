import { type AddressInfo } from 'node:net';
import { buildApp } from '#server/app.ts';
import { readConfig } from '#server/platform/config.ts';

/** Runs the service as a process that tests kill; prints its port on standard output. */
const service = await buildApp(readConfig(process.env, 'production'));
await service.app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${(service.app.server.address() as AddressInfo).port}\n`);
