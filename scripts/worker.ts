import './loading.ts';
import { readEnvironment } from './environment.ts';
import { waitForEndRequest } from './lifetime.ts';
import { failWith } from './plain-error.ts';

/** `npm run worker`: runs only the job worker of a production installation. */
const endRequest = waitForEndRequest();
try {
  const { startWorker } = await import('#server/main.ts');
  const worker = await startWorker(readEnvironment());
  await endRequest;
  await worker.close();
  process.exit(0);
} catch (error) {
  failWith(error);
}
