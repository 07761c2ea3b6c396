import { once } from 'node:events';
import '#server/main.ts';

/** The service as `npm run serve` starts it, with its modules read before: it begins once it is told a line. */
process.stdout.write('loaded\n');
await once(process.stdin, 'data');
process.stdin.destroy();
await import('../../../scripts/serve.ts');
