import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '#db/migrate.ts';
import { outageOf } from '#db/outage.ts';
import { buildApp } from './app.ts';
import { loadPages, onePort, shareWithPages } from './pages.ts';
import { type Config, readConfig } from './platform/config.ts';
import { waitForDatabase } from './platform/database.ts';

export interface Running {
  url: string;
  /** Lets balancers choose another process, for `drainSeconds` of the configuration. */
  drainRequests(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the process: migrates, fills an empty demo database, listens, runs jobs. Throws a ConfigError, or the error of
 * listening (EADDRINUSE).
 */
export async function startService(options: {
  env: Record<string, string | undefined>;
  mode: Config['mode'];
}): Promise<Running> {
  const config = readConfig(options.env, options.mode);
  if (config.mode === 'demo') await completeForDemo(config);
  await onceReachable(config, () => migrate(config.databaseDirectUrl));
  // Imported only here, so that production never loads it.
  const demo = config.mode === 'demo' ? await import('./dev/demo.ts') : null;
  const demoParts = await demo?.startDemoParts(config);
  const pages = await loadPages(config);
  const service = await onceReachable(config, () => buildApp(config, { serverFactory: onePort(pages) }));
  try {
    if (demo && demoParts) await demo.completeDemo(service, demoParts);
    shareWithPages(service.app);
    await service.app.listen({ port: config.port, host: config.host });
    service.watch();
    if (config.worker) await service.ctx.jobs.work();
  } catch (error) {
    await service.close();
    await demoParts?.close();
    throw error;
  }
  return {
    url: config.publicUrl,
    drainRequests: () => service.drainRequests(config.drainSeconds),
    close: async () => {
      await service.close();
      await demoParts?.close();
    },
  };
}

/** Starts only the job worker. */
export async function startWorker(
  env: Record<string, string | undefined>,
): Promise<{ close(): Promise<void> }> {
  const config = readConfig(env, 'production');
  const service = await onceReachable(config, () => buildApp(config));
  await service.ctx.jobs.work();
  return service;
}

const pauseMs = 500;

/** Begins a part of a start, again if the database goes away meanwhile, as when it restarts. */
async function onceReachable<T>(config: Config, begin: () => Promise<T>): Promise<T> {
  const until = performance.now() + config.databaseWaitSeconds * 1_000;
  for (;;) {
    await waitForDatabase(config);
    try {
      return await begin();
    } catch (error) {
      if (!outageOf(error) || performance.now() >= until) throw error;
      // A standby that isn't promoted yet answers, but takes no writes.
      await sleep(pauseMs);
    }
  }
}

/** Generates the secret key of a demo, and stores it in `dataDir`. */
async function completeForDemo(config: Config): Promise<void> {
  if (config.secretKey) return;
  const file = join(config.dataDir, 'secret-key');
  await mkdir(config.dataDir, { recursive: true });
  config.secretKey = await readFile(file, 'utf8').catch(async () => {
    const secret = randomBytes(32).toString('base64url');
    await writeFile(file, secret, { mode: 0o600 });
    return secret;
  });
}
