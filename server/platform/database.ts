import { outageOf, untilReachable } from '#db/outage.ts';
import { type Config, ConfigError } from './config.ts';

/** Waits until the database takes connections. Throws a ConfigError that says why it doesn't. */
export async function waitForDatabase({
  databaseUrl,
  databaseWaitSeconds,
}: Pick<Config, 'databaseUrl' | 'databaseWaitSeconds'>): Promise<void> {
  // Not by URL, which doesn't know several hosts.
  const host = /^\w+:\/\/(?:[^@/]*@)?([^/?]+)/.exec(databaseUrl)?.[1] ?? '';
  try {
    await untilReachable(databaseUrl, databaseWaitSeconds, (error) =>
      console.error(
        `Waiting for the database at ${host}, at most ${databaseWaitSeconds} s: ${error.message}`,
      ),
    );
  } catch (error) {
    const outage = outageOf(error);
    throw outage ? new ConfigError(`The database at ${host} is not there: ${outage.message}`) : error;
  }
}
