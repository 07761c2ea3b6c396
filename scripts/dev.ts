import { spawn } from 'node:child_process';
import { waitForEndRequest } from './lifetime.ts';
import { openDatabase } from './database.ts';
import { failWith } from './plain-error.ts';

/** `npm run dev`: runs `npm start` and restarts it after every change, without restarting PostgreSQL. */
const endRequest = waitForEndRequest();
const database = await openDatabase().catch(failWith);
const watched = ['server', 'db', 'web/src'].map((folder) => `--watch-path=${folder}`);
const service = spawn(
  process.execPath,
  ['--watch', '--watch-preserve-output', ...watched, 'scripts/start.ts'],
  {
    env: { ...process.env, DATABASE_URL: database.url },
    stdio: 'inherit',
  },
);
const ended = new Promise((resolve) => service.once('exit', resolve));
await Promise.race([endRequest, ended]);
service.kill();
await ended;
await database.stop();
process.exit(0);
