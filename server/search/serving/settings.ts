import { type Config, ConfigError, logLevel, wholeNumber } from '#server/platform/config.ts';

/** What the search process needs of the environment. */
export interface SearchSettings extends Pick<Config, 'databaseUrl' | 'databaseWaitSeconds' | 'logLevel'> {
  host: string;
  port: number;
}

/** Reads environment variables. Throws a ConfigError if one is missing or malformed. */
export function readSearchSettings(env: Record<string, string | undefined>): SearchSettings {
  const get = (name: string) => env[name]?.trim() || undefined;
  const databaseUrl = get('DATABASE_DIRECT_URL') ?? get('DATABASE_URL');
  if (databaseUrl === undefined) throw new ConfigError('DATABASE_URL is not set');
  return {
    databaseUrl,
    databaseWaitSeconds: wholeNumber(get, 'DATABASE_WAIT_SECONDS', 60),
    logLevel: logLevel(get('LOG_LEVEL') ?? 'info'),
    host: get('SEARCH_HOST') ?? '127.0.0.1',
    port: wholeNumber(get, 'SEARCH_PORT', 3001),
  };
}
