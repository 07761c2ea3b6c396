/** Everything the environment decides, read once. */
export interface Config {
  mode: 'demo' | 'production';
  port: number;
  host: string;
  /** The only origin that appears in mails, redirects and signatures; without a trailing slash. */
  publicUrl: string;
  dataDir: string;
  databaseUrl: string;
  /** Connections of each process for single statements, and as many for transactions. */
  databasePool: number;
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
    /** Open sockets of one address, in each process: behind one may be a whole office. */
    socketsPerAddress: number;
  };
  /** Answers that arrive within this time of each other reach the buyer in one mail. */
  digestSeconds: number;
  /** The telephone account; unset: calling is off (production), or the simulator's (demo). */
  twilio: TwilioConfig | undefined;
  calling: CallingConfig;
}

export interface TwilioConfig {
  accountSid: string;
  /** Signs the webhooks. While it is rotated the other one is accepted too. */
  authToken: string;
  secondaryAuthToken: string | undefined;
  /** An API key for the REST calls; unset: the account's SID and token. */
  apiKey: string | undefined;
  apiSecret: string | undefined;
  /** Our number, E.164: what phones show. */
  from: string;
  /** Another server than Twilio's own. */
  baseUrl: string | undefined;
}

/** What calls may cost and whom they may reach. */
export interface CallingConfig {
  /** ISO 3166 codes of the countries whose numbers are called. */
  countries: string[];
  /** Longest conversation of a guest, minutes. */
  maxMinutes: number;
  /** Calls at once, over all vendors. */
  atOnce: number;
  perAddress: { tenMinutes: number; day: number };
  perNumber: { tenMinutes: number; day: number };
  /** Estimated cost of one leg's minute, and what a day (UTC) may cost, both in the account's currency. */
  minutePrice: string;
  dailyBudget: string;
  /** Once so many calls to a country count within a day, it is left alone for a while when over that share isn't answered. */
  unanswered: { calls: number; percent: number };
  /** After so many days the numbers of calls and call-back requests that are over are forgotten. */
  retentionDays: number;
  /** Whether numbers that nobody can have are called: the demo's people have such. */
  unassignedNumbers: boolean;
}

export class ConfigError extends Error {}

const limitDefaults = {
  readsPerMinute: 6_000,
  requestsPerHour: 120,
  answersPerHour: 600,
  writesPerMinute: 1_200,
  loginsPerQuarterHour: 30,
  socketsPerAddress: 100,
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
    databasePool: readPool(get),
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
      // In the demo everyone comes from one address.
      socketsPerAddress: wholeNumber(
        get,
        'LIMIT_SOCKETS_PER_ADDRESS',
        limitDefaults.socketsPerAddress * (mode === 'demo' ? 100 : 1),
      ),
    },
    digestSeconds: wholeNumber(get, 'DIGEST_SECONDS', 60),
    twilio: readTwilio(get),
    calling: readCalling(get, mode),
  };
}

function readPool(get: (name: string) => string | undefined): number {
  const pool = wholeNumber(get, 'DATABASE_POOL', 4);
  if (pool < 1) throw new ConfigError('DATABASE_POOL must be at least 1');
  return pool;
}

/** Returns all of it or nothing: half an account is a mistake. */
function readTwilio(get: (name: string) => string | undefined): TwilioConfig | undefined {
  const [accountSid, authToken, from] = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'].map(get);
  const apiKey = get('TWILIO_API_KEY');
  const apiSecret = get('TWILIO_API_SECRET');
  if (!accountSid && !authToken && !from) return undefined;
  if (!accountSid || !authToken || !from || !apiKey !== !apiSecret) {
    throw new ConfigError(
      'Calling needs TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM, and TWILIO_API_KEY with TWILIO_API_SECRET or neither',
    );
  }
  if (!/^\+[1-9]\d{6,14}$/.test(from)) throw new ConfigError('TWILIO_FROM must be like +38121555010');
  const secondaryAuthToken = get('TWILIO_AUTH_TOKEN_SECONDARY');
  const baseUrl = get('TWILIO_BASE_URL');
  return { accountSid, authToken, secondaryAuthToken, apiKey, apiSecret, from, baseUrl };
}

// Where the catalogue's vendors and their buyers are; a real installation names its own.
const callingCountries =
  'AT BA BE BG CH CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV ME MK NL NO PL PT RO RS SE SI SK US';

/** In the demo everyone calls from one address, and nothing costs anything. */
function readCalling(get: (name: string) => string | undefined, mode: Config['mode']): CallingConfig {
  const times = mode === 'demo' ? 100 : 1;
  const countries = (get('CALL_COUNTRIES') ?? callingCountries).split(/[\s,]+/).filter(Boolean);
  const wrong = countries.find((code) => !/^[A-Z]{2}$/.test(code));
  if (wrong) throw new ConfigError(`CALL_COUNTRIES: ${wrong} is not a country code like RS`);
  const retentionDays = wholeNumber(get, 'CALL_RETENTION_DAYS', 180);
  if (retentionDays < 1) throw new ConfigError('CALL_RETENTION_DAYS must be at least 1');
  return {
    countries,
    maxMinutes: wholeNumber(get, 'CALL_MAX_MINUTES', 30),
    atOnce: wholeNumber(get, 'CALLS_AT_ONCE', 20),
    perAddress: {
      tenMinutes: wholeNumber(get, 'LIMIT_CALLS_PER_ADDRESS_TEN_MINUTES', 10 * times),
      day: wholeNumber(get, 'LIMIT_CALLS_PER_ADDRESS_DAY', 50 * times),
    },
    perNumber: {
      tenMinutes: wholeNumber(get, 'LIMIT_CALLS_PER_NUMBER_TEN_MINUTES', 3 * times),
      day: wholeNumber(get, 'LIMIT_CALLS_PER_NUMBER_DAY', 10 * times),
    },
    minutePrice: amount(get, 'CALL_MINUTE_PRICE', '0.05'),
    dailyBudget: amount(get, 'CALL_DAILY_BUDGET', String(100 * times)),
    unanswered: {
      calls: wholeNumber(get, 'CALL_UNANSWERED_CALLS', 20 * times),
      percent: wholeNumber(get, 'CALL_UNANSWERED_PERCENT', 60),
    },
    retentionDays,
    unassignedNumbers: mode === 'demo' && get('TWILIO_ACCOUNT_SID') === undefined,
  };
}

function amount(get: (name: string) => string | undefined, name: string, fallback: string): string {
  const text = get(name) ?? fallback;
  if (!/^\d{1,9}(\.\d{1,4})?$/.test(text)) throw new ConfigError(`${name} must be an amount like 0.05`);
  return text;
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
