import type postgres from 'postgres';
import { connect, type Db } from '#db/client.ts';
import { type Buyers, createBuyers } from './buyers/browsers.ts';
import { createSessions, type Sessions } from './platform/auth/sessions.ts';
import type { Attachments } from './platform/attachments.ts';
import { type Clock, databaseClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Hooks } from './platform/hooks.ts';
import type { JobHandler, Jobs } from './platform/jobs.ts';
import { startJobs } from './platform/jobs.ts';
import type { Log } from './platform/log.ts';
import { createMailer, type Mailer } from './platform/mail.ts';
import type { Payments } from './platform/payments/port.ts';
import { createPayments } from './platform/payments/stripe.ts';
import type { PersonalData } from './platform/personal.ts';
import { createPdfRenderer, type PdfRenderer } from './platform/pdf/render.ts';
import { openReplica, type Replica } from './platform/replica.ts';
import { createSecurityLog, type SecurityLog } from './platform/security.ts';
import { createStorage } from './platform/storage/create.ts';
import type { Storage } from './platform/storage/port.ts';
import { createSecretKeeper, type SecretKeeper } from './platform/secrets.ts';
import { createTelephony, type Telephony } from './platform/telephony.ts';
import { createLinkTokens, type LinkTokens } from './platform/tokens.ts';
import { createTurns, type Turns } from './platform/turns.ts';
import { createWorkerLease } from './platform/workers.ts';
import { chooseEngine } from './search/engine.ts';
import type { SearchEngine } from './search/port.ts';

/** All external dependencies of services, routes and jobs. */
export interface Context {
  config: Config;
  db: Db;
  /** Whether `db` is the replica. */
  isReplica?: true;
  /** For raw SQL, COPY and LISTEN. */
  sql: postgres.Sql;
  clock: Clock;
  jobs: Jobs;
  hooks: Hooks;
  attachments: Attachments;
  /** What all features keep of people. */
  personal: readonly PersonalData[];
  storage: Storage;
  turns: Turns;
  mailer: Mailer;
  pdf: PdfRenderer;
  /** Null: calling is off. */
  telephony: Telephony | null;
  /** Null: nobody pays by card. */
  payments: Payments | null;
  links: LinkTokens;
  secrets: SecretKeeper;
  sessions: Sessions;
  buyers: Buyers;
  search: SearchEngine;
  /** Null without DATABASE_READ_URL. Read through `readingFor`. */
  replica: Replica | null;
  security: SecurityLog;
  log: Log;
}

/** Replacements for tests and the demo. */
export interface Overrides {
  /** Replaces the database's clock. */
  clock?: Clock;
  /** Replaces the system's clock, from which the database's is derived. */
  ownClock?: Clock;
  mailer?: Mailer;
  onStatement?: (statement: string) => void;
  validateResponses?: boolean;
  /** The length of a second in sockets' timeouts. */
  socketSecondMs?: number;
  /** The timeout of Meilisearch and of the search process. */
  searchTimeoutMs?: number;
}

/** What features bring. */
interface Parts {
  handlersOf: (ctx: Context) => JobHandler[];
  hooks: Hooks;
  attachments: Attachments;
  personal: readonly PersonalData[];
}

/** Creates the context on a migrated database. `close` waits for running jobs. */
export async function createContext(
  config: Config,
  overrides: Overrides,
  log: Log,
  { handlersOf, hooks, attachments, personal }: Parts,
): Promise<Context & { close(): Promise<void> }> {
  const database = connect(config.databaseUrl, {
    pool: config.databasePool,
    prepare: config.databasePrepare,
    directUrl: config.databaseDirectUrl,
    onStatement: overrides.onStatement,
  });
  const mailer =
    overrides.mailer ??
    createMailer(config.smtpUrl ?? 'smtp://127.0.0.1:25', { connections: config.smtpConnections });
  const shared = databaseClock(database.sql, overrides.ownClock);
  const clock = overrides.clock ?? shared;
  const searchIn = chooseEngine(config, clock, log, overrides.searchTimeoutMs);
  const sessions = createSessions(database.db, clock, config.publicUrl);
  const parts = {
    config,
    db: database.db,
    sql: database.sql,
    clock,
    hooks,
    attachments,
    personal,
    storage: createStorage(config.storage),
    turns: createTurns(),
    mailer,
    pdf: createPdfRenderer(log),
    telephony: createTelephony(config),
    payments: createPayments(config.stripe),
    links: createLinkTokens(config.secretKey),
    secrets: createSecretKeeper(config.secretKey),
    sessions,
    buyers: createBuyers(database.db, clock, config.publicUrl),
    search: searchIn(database.db),
    replica: openReplica(config, database.db, log, searchIn),
    security: createSecurityLog(log, config.secretKey, () => clock.now()),
    log,
  };
  const ctx: Context = Object.assign(parts, { jobs: undefined as unknown as Jobs });
  try {
    await shared.compare();
    ctx.jobs = await startJobs(config.databaseDirectUrl, handlersOf(ctx), log, {
      worker: createWorkerLease(database.db, log),
      leaseSeconds: config.jobLeaseSeconds,
    });
  } catch (error) {
    shared.stop();
    await Promise.all([database.close(), parts.replica?.close()]);
    throw error;
  }
  return Object.assign(ctx, {
    close: async () => {
      await ctx.jobs.stop();
      shared.stop();
      mailer.close();
      parts.pdf.close();
      await Promise.all([database.close(), parts.replica?.close()]);
    },
  });
}
