/** Everything the environment decides, read once. */
export interface Config {
  mode: 'demo' | 'production';
  port: number;
  host: string;
  /** The only origin that appears in mails, redirects and signatures; without a trailing slash. */
  publicUrl: string;
  dataDir: string;
  databaseUrl: string;
  /** Unset: the built-in mail catcher (demo only). */
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Unset: PostgreSQL searches alone. */
  meiliUrl: string | undefined;
  meiliKey: string | undefined;
  secretKey: string;
  /** Whether this process also works the jobs. */
  worker: boolean;
  /** A directory imported into an empty database instead of the demo catalogue. */
  catalogDir: string | undefined;
  metricsToken: string | undefined;
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Addresses or CIDR ranges of the proxies in front, whose X-Forwarded-For is believed. */
  trustProxy: string | undefined;
  limits: {
    readsPerMinute: number;
    requestsPerHour: number;
    answersPerHour: number;
    writesPerMinute: number;
    loginsPerQuarterHour: number;
  };
  /** Answers that arrive within this time of each other reach the buyer in one mail. */
  digestSeconds: number;
}

export class ConfigError extends Error {}

const limitDefaults = {
  readsPerMinute: 6_000,
  requestsPerHour: 120,
  answersPerHour: 600,
  writesPerMinute: 1_200,
  loginsPerQuarterHour: 30,
};

/**
 * Environment -> config. An empty variable counts as unset. Production names every missing variable in one
 * ConfigError rather than fall back to a demo part.
 */
export function readConfig(env: Record<string, string | undefined>, mode: Config['mode']): Config {
  const get = (name: string) => env[name]?.trim() || undefined;
  const port = wholeNumber(get, 'PORT', 3000);
  const publicUrl = (get('PUBLIC_URL') ?? `http://localhost:${port}`).replace(/\/+$/, '');
  const problems: string[] = [];
  if (mode === 'production') {
    const required = ['DATABASE_URL', 'SMTP_URL', 'MAIL_FROM', 'SECRET_KEY', 'PUBLIC_URL'];
    problems.push(...required.filter((name) => !get(name)).map((name) => `${name} is not set`));
  }
  if (!/^https?:\/\/[^/]+$/.test(publicUrl))
    problems.push('PUBLIC_URL must be an origin, like https://example.org');
  const meiliUrl = get('MEILI_URL');
  if (meiliUrl !== undefined && !/^https?:\/\/./.test(meiliUrl))
    problems.push('MEILI_URL must be like http://search.example.org:7700');
  const secretKey = get('SECRET_KEY') ?? '';
  if (secretKey && Buffer.byteLength(secretKey) < 32) problems.push('SECRET_KEY must hold at least 32 bytes');
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return {
    mode,
    port,
    host: get('HOST') ?? '127.0.0.1',
    publicUrl,
    dataDir: get('DATA_DIR') ?? '.data',
    databaseUrl: get('DATABASE_URL') ?? '',
    smtpUrl: get('SMTP_URL'),
    mailFrom: get('MAIL_FROM') ?? 'Quoteline <quoteline@quoteline.example>',
    meiliUrl,
    meiliKey: get('MEILI_KEY'),
    secretKey,
    worker: get('WORKER') !== 'off',
    catalogDir: get('CATALOG'),
    metricsToken: get('METRICS_TOKEN'),
    logLevel: logLevel(get('LOG_LEVEL') ?? (mode === 'demo' ? 'warn' : 'info')),
    trustProxy: get('TRUST_PROXY'),
    limits: {
      readsPerMinute: wholeNumber(get, 'LIMIT_READS_PER_MINUTE', limitDefaults.readsPerMinute),
      requestsPerHour: wholeNumber(get, 'LIMIT_REQUESTS_PER_HOUR', limitDefaults.requestsPerHour),
      answersPerHour: wholeNumber(get, 'LIMIT_ANSWERS_PER_HOUR', limitDefaults.answersPerHour),
      writesPerMinute: wholeNumber(get, 'LIMIT_WRITES_PER_MINUTE', limitDefaults.writesPerMinute),
      loginsPerQuarterHour: wholeNumber(
        get,
        'LIMIT_LOGINS_PER_QUARTER_HOUR',
        limitDefaults.loginsPerQuarterHour,
      ),
    },
    digestSeconds: wholeNumber(get, 'DIGEST_SECONDS', 60),
  };
}

function wholeNumber(get: (name: string) => string | undefined, name: string, fallback: number): number {
  const text = get(name);
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text)) throw new ConfigError(`${name} must be a whole number`);
  return Number(text);
}

function logLevel(text: string): Config['logLevel'] {
  const levels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
  const level = levels.find((known) => known === text);
  if (!level) throw new ConfigError(`LOG_LEVEL must be one of ${levels.join(', ')}`);
  return level;
}
