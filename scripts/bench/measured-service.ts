import { origin, startProcess } from './presence/targets.ts';

const limits = [
  'READS_PER_MINUTE',
  'WRITES_PER_MINUTE',
  'REQUESTS_PER_HOUR',
  'MAILS_PER_PARTNER_ADDRESS',
  'MAILS_PER_UNPROVEN_ADDRESS',
];

/** Starts the service with a production configuration and without limits. */
export async function startMeasured(
  databaseUrl: string,
  env: Record<string, string> = {},
  parts: ('pages' | 'jobs')[] = [],
) {
  const own = await startProcess('service.ts', parts, {
    DATABASE_URL: databaseUrl,
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'Quoteline <quoteline@quoteline.example>',
    SECRET_KEY: 'a key for measuring only, of more than 32 bytes',
    PUBLIC_URL: origin,
    WORKER: 'off',
    LOG_LEVEL: 'warn',
    ...Object.fromEntries(limits.map((name) => [`LIMIT_${name}`, '999999999'])),
    ...env,
  });
  return { ...own, base: `http://127.0.0.1:${own.port}` };
}
