import type { AddressInfo } from 'node:net';
import { buildApp } from '#server/app.ts';
import { loadPages, onePort, shareWithPages } from '#server/pages.ts';
import { readConfig } from '#server/platform/config.ts';
import { usage } from './usage.ts';

/* The service as a process to measure, with `pages` and `jobs` as arguments if it is to have them. */

const parts = process.argv.slice(2);
const config = readConfig(process.env, 'production');
let statements = 0;
const service = await buildApp(config, {
  onStatement: () => (statements += 1),
  ...(parts.includes('pages') ? { serverFactory: onePort(await loadPages(config)) } : {}),
});
if (parts.includes('pages')) shareWithPages(service.app);
await service.app.listen({ port: 0, host: '127.0.0.1' });
if (parts.includes('jobs')) await service.ctx.jobs.work();

process.on('message', () => process.send?.({ did: 'memory', memory: usage(statements) }));
process.send?.({ did: 'listen', port: (service.app.server.address() as AddressInfo).port });
process.on('disconnect', () => process.exit());
