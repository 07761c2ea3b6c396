import type { MailSink } from '../mail-sink.ts';

interface Served {
  /** The public address, whose port it listens on. */
  url: string;
  databaseUrl: string;
  /** Without one there is no mail server. */
  mail?: Pick<MailSink, 'port'>;
}

/** Returns the environment of a process of the service, as in production. */
export const environment = ({ url, databaseUrl, mail = { port: 25 } }: Served): NodeJS.ProcessEnv => ({
  ...process.env,
  PORT: new URL(url).port,
  PUBLIC_URL: url,
  DATABASE_URL: databaseUrl,
  SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
  MAIL_FROM: 'Quoteline <quoteline@quoteline.example>',
  SECRET_KEY: 'a key for tests only, of more than 32 bytes',
});

/** The settings of processes that one address asks and mails more than people do. */
export const withoutLimits = {
  LIMIT_REQUESTS_PER_HOUR: '100000',
  LIMIT_ANSWERS_PER_HOUR: '100000',
  LIMIT_MAILS_PER_PARTNER_ADDRESS: '100000',
  LIMIT_MAILS_PER_UNPROVEN_ADDRESS: '100000',
};
