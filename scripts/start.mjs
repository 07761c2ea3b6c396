// `npm start` on a bare machine: installs what is missing, then start.ts on the Node that came with the packages.
import { handOver } from './handover.mjs';

await handOver('start.ts');
