import type postgres from 'postgres';
import { connect, type Db } from '#db/client.ts';
import { type Buyers, createBuyers } from './buyers/browsers.ts';
import { createSessions, type Sessions } from './platform/auth/sessions.ts';
import { type Clock, databaseClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Hooks } from './platform/hooks.ts';
import type { JobHandler, Jobs } from './platform/jobs.ts';
import { startJobs } from './platform/jobs.ts';
import type { Log } from './platform/log.ts';
import { createMailer, type Mailer } from './platform/mail.ts';
import { createTelephony, type Telephony } from './platform/telephony.ts';
import { createLinkTokens, type LinkTokens } from './platform/tokens.ts';
import { createTurns, type Turns } from './platform/turns.ts';
import { chooseEngine } from './search/engine.ts';
import type { SearchEngine } from './search/port.ts';

/** What verbs, routes and jobs work with. Everything from outside comes through here. */
export interface Context {
  config: Config;
  db: Db;
  /** Raw SQL, COPY and LISTEN. */
  sql: postgres.Sql;
  clock: Clock;
  jobs: Jobs;
  hooks: Hooks;
  turns: Turns;
  mailer: Mailer;
  /** Null without an account: calling is off. */
  telephony: Telephony | null;
  links: LinkTokens;
  sessions: Sessions;
  buyers: Buyers;
  search: SearchEngine;
  log: Log;
}

/** Parts a test or the demo puts in place of the real ones. */
export interface Overrides {
  /** Time itself. */
  clock?: Clock;
  /** This process's own idea of the time, corrected by the database's. */
  ownClock?: Clock;
  mailer?: Mailer;
  onStatement?: (statement: string) => void;
  validateResponses?: boolean;
  /** How long sockets take a second for, where they wait. */
  socketSecondMs?: number;
  /** How long Meilisearch is waited for. */
  searchPatienceMs?: number;
}

/** Opens everything on a migrated database. `handlersOf` returns the jobs; `close` waits for running ones. */
export async function createContext(
  config: Config,
  overrides: Overrides,
  log: Log,
  { handlersOf, hooks }: { handlersOf: (ctx: Context) => JobHandler[]; hooks: Hooks },
): Promise<Context & { close(): Promise<void> }> {
  const database = connect(config.databaseUrl, {
    pool: config.databasePool,
    onStatement: overrides.onStatement,
  });
  const mailer = overrides.mailer ?? createMailer(config.smtpUrl ?? 'smtp://127.0.0.1:25');
  const shared = databaseClock(database.sql, overrides.ownClock);
  const clock = overrides.clock ?? shared;
  const sessions = createSessions(database.db, clock, config.publicUrl);
  const parts = {
    config,
    db: database.db,
    sql: database.sql,
    clock,
    hooks,
    turns: createTurns(),
    mailer,
    telephony: createTelephony(config),
    links: createLinkTokens(config.secretKey),
    sessions,
    buyers: createBuyers(database.db, clock, config.publicUrl),
    search: chooseEngine(config, clock, log, overrides.searchPatienceMs),
    log,
  };
  const ctx: Context = Object.assign(parts, { jobs: undefined as unknown as Jobs });
  try {
    await shared.compare();
    ctx.jobs = await startJobs(config.databaseUrl, handlersOf(ctx), log);
  } catch (error) {
    shared.stop();
    await database.close();
    throw error;
  }
  return Object.assign(ctx, {
    close: async () => {
      await ctx.jobs.stop();
      shared.stop();
      mailer.close();
      await database.close();
    },
  });
}
