import { once } from 'node:events';
import '#server/main.ts';

/** Loads the modules of the service, then starts it as `npm run serve` does once it reads a line. */
process.stdout.write('loaded\n');
await once(process.stdin, 'data');
process.stdin.destroy();
await import('../../../scripts/serve.ts');
