// `npm test` on a bare machine: installs what is missing, then test.ts on the Node that came with the packages.
import { handOver } from './handover.mjs';

await handOver('test.ts');
