import './loading.ts';
import { readConfig } from '#server/platform/config.ts';
import { buildWebIfMissing } from './build.ts';
import { readEnvironment } from './environment.ts';
import { waitForEndRequest } from './lifetime.ts';
import { failWith } from './plain-error.ts';

/** `npm run serve`: runs the service in production, configured by the environment. */
let drainSeconds = 0;
const endRequest = waitForEndRequest({ drainSeconds: () => drainSeconds });
try {
  const env = readEnvironment();
  // Fails before the build, naming each missing variable.
  ({ drainSeconds } = readConfig(env, 'production'));
  await buildWebIfMissing(console.log);
  const { startService } = await import('#server/main.ts');
  const service = await startService({ env, mode: 'production' });
  // Nobody who presses Ctrl-C has a balancer in front.
  if ((await endRequest) === 'SIGTERM') await service.drainRequests();
  await service.close();
  process.exit(0);
} catch (error) {
  failWith(error);
}
