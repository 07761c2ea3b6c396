import type { AddressInfo } from 'node:net';
import { buildApp } from '#server/app.ts';
import { readConfig } from '#server/platform/config.ts';

let statements = 0;
const service = await buildApp(readConfig(process.env, 'production'), {
  onStatement: () => (statements += 1),
});
await service.app.listen({ port: 0, host: '127.0.0.1' });

process.on('message', () => {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const memory = { rss, used: heapUsed + external, cpu: user + system, statements };
  process.send?.({ did: 'memory', memory });
});
process.send?.({ did: 'listen', port: (service.app.server.address() as AddressInfo).port });
process.on('disconnect', () => process.exit());
