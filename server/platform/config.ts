import { isCountryCode } from '#server/common/countries.ts';
import { type BackupConfig, readBackup } from './backup/settings.ts';
import { type LimitsConfig, readLimits } from './limit-settings.ts';
import { type PayeeConfig, readPayee } from './payee.ts';
import { readStripe, type StripeConfig } from './payments/settings.ts';
import { readStorage, type StorageConfig } from './storage/settings.ts';

/** The settings from environment variables. */
export interface Config {
  mode: 'demo' | 'production';
  port: number;
  host: string;
  /** The only origin that appears in mails, redirects and signatures; without a trailing slash. */
  publicUrl: string;
  dataDir: string;
  databaseUrl: string;
  /** The same database without a pooler, for migrations, LISTEN and the job queue. */
  databaseDirectUrl: string;
  /** A replica for what visitors read whom no cookie names. Unset: the database answers all. */
  databaseReadUrl: string | undefined;
  /** A replica that is further behind is not read from. */
  databaseReadLagSeconds: number;
  /** The number of connections per process for single statements, and as many for transactions. */
  databasePool: number;
  /** How long a process that starts waits for a database that isn't there yet. */
  databaseWaitSeconds: number;
  /** How long a process that was asked to end goes on serving while /readyz is 503. */
  drainSeconds: number;
  /** False behind a pooler that keeps no prepared statements and takes no settings, such as PgBouncer 1.18. */
  databasePrepare: boolean;
  /** Unset: the built-in mail catcher (demo only). */
  smtpUrl: string | undefined;
  /** The most connections of a worker to the mail server. */
  smtpConnections: number;
  mailFrom: string;
  /** Unset: search uses only PostgreSQL. */
  meiliUrl: string | undefined;
  meiliKey: string | undefined;
  /** The search process, `npm run search`. Unset: PostgreSQL searches. */
  searchUrl: string | undefined;
  /** The addresses of exchange rates, the most important first. Unset: none are fetched; the demo has a file. */
  ratesUrl: string | undefined;
  secretKey: string;
  /** Where uploaded files are kept. */
  storage: StorageConfig;
  /** Whether managers and staff must have a second factor. */
  requiresSecondFactor: boolean;
  /** Unset: no backups. */
  backup: BackupConfig | undefined;
  /** Whether this process also runs jobs. */
  worker: boolean;
  /** How long a worker may give no sign of life before its jobs are given to others. */
  jobLeaseSeconds: number;
  /** A directory imported into an empty database instead of the demo catalogue. */
  catalogDir: string | undefined;
  metricsToken: string | undefined;
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Addresses or CIDR ranges of proxies whose X-Forwarded-For is trusted. */
  trustProxy: string | undefined;
  limits: LimitsConfig;
  /** Answers that arrive within this time of each other reach the buyer in one mail. */
  digestSeconds: number;
  /** Unset: calling is off (production), or uses the simulator (demo). */
  twilio: TwilioConfig | undefined;
  calling: CallingConfig;
  /** Unset: credit can't be paid by bank transfer. */
  payee: PayeeConfig | undefined;
  /** Unset: nobody pays by card (production), or at a stand-in (demo). */
  stripe: StripeConfig | undefined;
}

export interface TwilioConfig {
  accountSid: string;
  /** Signs the webhooks. */
  authToken: string;
  secondaryAuthToken: string | undefined;
  /** An API key for the REST calls; unset: the account's SID and token. */
  apiKey: string | undefined;
  apiSecret: string | undefined;
  /** Our number, E.164: what phones show. */
  from: string;
  /** The server to use instead of Twilio's. */
  baseUrl: string | undefined;
}

/** Limits of calls: countries, numbers, cost. */
export interface CallingConfig {
  /** ISO 3166 codes of countries whose numbers may be called. */
  countries: string[];
  /** The longest conversation of a guest, in minutes. */
  maxMinutes: number;
  /** The number of concurrent calls of all vendors. */
  atOnce: number;
  perAddress: { tenMinutes: number; day: number };
  perNumber: { tenMinutes: number; day: number };
  /** The estimated cost of one leg's minute, and the limit per UTC day, in the Twilio account's currency. */
  minutePrice: string;
  dailyBudget: string;
  /** A country is closed for a while if at least `calls` were made to it within a day and over `percent` weren't answered. */
  unanswered: { calls: number; percent: number };
  /** Numbers of ended calls and call-backs are deleted after this many days. */
  retentionDays: number;
  /** Whether unassigned numbers may be called, which the demo's people have. */
  unassignedNumbers: boolean;
}

export class ConfigError extends Error {}

/** After so long without a sign of its worker a job is given to another: a dead one is noticed within about a minute. */
export const usualLeaseSeconds = 30;

/**
 * Reads environment variables. An empty one counts as unset. In production one ConfigError names all missing ones,
 * rather than falling back to demo parts.
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
  const searchUrl = get('SEARCH_URL');
  if (searchUrl !== undefined && !/^https?:\/\/[^/]+\/?$/.test(searchUrl))
    problems.push('SEARCH_URL must be like http://127.0.0.1:3001');
  const ratesUrl = get('RATES_URL');
  const wrongRates = ratesUrl
    ?.split(/[\s,]+/)
    .find((url) => !/^(?:https?|file):\/\/./.test(url) || !URL.canParse(url));
  if (wrongRates !== undefined)
    problems.push(
      'RATES_URL must be addresses like https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml',
    );
  const secretKey = get('SECRET_KEY') ?? '';
  if (secretKey && Buffer.byteLength(secretKey) < 32) problems.push('SECRET_KEY must hold at least 32 bytes');
  const backup = readBackup(get, problems);
  const payee = readPayee(get, mode, problems);
  const stripe = readStripe(get, problems);
  const dataDir = get('DATA_DIR') ?? '.data';
  const storage = readStorage(get, dataDir, problems);
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return {
    mode,
    port,
    host: get('HOST') ?? '127.0.0.1',
    publicUrl,
    dataDir,
    databaseUrl: get('DATABASE_URL') ?? '',
    databaseDirectUrl: get('DATABASE_DIRECT_URL') ?? get('DATABASE_URL') ?? '',
    databaseReadUrl: get('DATABASE_READ_URL'),
    databaseReadLagSeconds: wholeNumber(get, 'DATABASE_READ_LAG_SECONDS', 5),
    databasePool: numberFrom(1, get, 'DATABASE_POOL', 4),
    databaseWaitSeconds: wholeNumber(get, 'DATABASE_WAIT_SECONDS', 60),
    drainSeconds: wholeNumber(get, 'DRAIN_SECONDS', mode === 'demo' ? 0 : 5),
    databasePrepare: get('DATABASE_PREPARE') !== 'off',
    smtpUrl: get('SMTP_URL'),
    smtpConnections: numberFrom(2, get, 'SMTP_CONNECTIONS', 40),
    mailFrom: get('MAIL_FROM') ?? 'Quoteline <quoteline@quoteline.example>',
    meiliUrl,
    meiliKey: get('MEILI_KEY'),
    searchUrl,
    ratesUrl,
    secretKey,
    storage,
    requiresSecondFactor: mode !== 'demo',
    backup,
    worker: get('WORKER') !== 'off',
    // pg-boss takes no less than 10.
    jobLeaseSeconds: numberFrom(10, get, 'JOB_LEASE_SECONDS', usualLeaseSeconds),
    catalogDir: get('CATALOG'),
    metricsToken: get('METRICS_TOKEN'),
    logLevel: logLevel(get('LOG_LEVEL') ?? (mode === 'demo' ? 'warn' : 'info')),
    trustProxy: get('TRUST_PROXY'),
    limits: readLimits((name, fallback) => wholeNumber(get, name, fallback), mode),
    digestSeconds: wholeNumber(get, 'DIGEST_SECONDS', 60),
    twilio: readTwilio(get),
    calling: readCalling(get, mode),
    payee,
    stripe,
  };
}

function numberFrom(
  least: number,
  get: (name: string) => string | undefined,
  name: string,
  usual: number,
): number {
  const number = wholeNumber(get, name, usual);
  if (number < least) throw new ConfigError(`${name} must be at least ${least}`);
  return number;
}

/** Returns undefined if none of Twilio's variables is set. Throws a ConfigError if some are missing. */
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

// The demo's countries. A real installation sets CALL_COUNTRIES.
const callingCountries =
  'AT BA BE BG CH CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV ME MK NL NO PL PT RO RS SE SI SK US';

/** Reads the limits of calls. They are higher in the demo, where all visitors have one address and calls are free. */
function readCalling(get: (name: string) => string | undefined, mode: Config['mode']): CallingConfig {
  const times = mode === 'demo' ? 100 : 1;
  const countries = (get('CALL_COUNTRIES') ?? callingCountries).split(/[\s,]+/).filter(Boolean);
  const wrong = countries.find((code) => !isCountryCode(code));
  if (wrong) throw new ConfigError(`CALL_COUNTRIES: ${wrong} is not a country code like RS`);
  const retentionDays = numberFrom(1, get, 'CALL_RETENTION_DAYS', 180);
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

export function wholeNumber(
  get: (name: string) => string | undefined,
  name: string,
  fallback: number,
): number {
  const text = get(name);
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text)) throw new ConfigError(`${name} must be a whole number`);
  return Number(text);
}

export function logLevel(text: string): Config['logLevel'] {
  const levels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
  const level = levels.find((known) => known === text);
  if (!level) throw new ConfigError(`LOG_LEVEL must be one of ${levels.join(', ')}`);
  return level;
}
