import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import type { Simulator } from '#server/dev/twilio/port.ts';
import { startSimulator } from '#server/dev/twilio/simulator.ts';
import { realTime } from '#server/dev/twilio/time.ts';
import { buildWebIfMissing } from '../build.ts';
import { connectOrStart, findFreePort, type Postgres } from '../pg.ts';
import { balance } from './balancer.ts';
import { type Catalogue, loadCatalogue } from './catalogue.ts';
import { createFleet, type Fleet, type FleetOptions } from './fleet.ts';
import { createMailServer, type MailServer, type Trouble } from './mail-server.ts';
import type { MailPhase } from './points.ts';

/** PostgreSQL, two processes of the service behind a balancer, three workers, a mail server, and a telephone network. */
export interface Site {
  origin: string;
  fleet: Fleet;
  mail: MailServer;
  simulator: Simulator;
  catalogue: Catalogue;
  /** The mail server's next troubles, by phase. */
  troubles: Map<MailPhase, Trouble>;
  /** Ends PostgreSQL by a signal (SIGINT: as an operator does) and starts it again after some time. */
  restartDatabase(signal: NodeJS.Signals, awayMs: number): Promise<void>;
  /** Counts the jobs that are not done yet, to know when to look. */
  countWaitingMails(): Promise<number>;
  /** After which a dead worker's mails are given to others. */
  leaseSeconds: number;
  logFile: string;
  end(options: { keepLog: boolean }): Promise<void>;
}

const account = {
  accountSid: `AC${'0'.repeat(31)}1`,
  authToken: 'the auth token of the kill test',
  apiKey: `SK${'0'.repeat(31)}1`,
  apiSecret: 'the key secret of the kill test',
  from: '+38111222333',
};
const [serves, workers] = [2, 3];

export async function openSite(calls: number, leaseSeconds: number): Promise<Site> {
  await buildWebIfMissing(console.log);
  const folder = mkdtempSync(join(tmpdir(), 'quoteline-crash-'));
  const dataDir = join(folder, 'data');
  const databasePort = await findFreePort();
  // Seven processes with 17 connections each.
  const database = { dataDir, port: databasePort, settings: { max_connections: '200' } };
  let postgres: Postgres = await connectOrStart(database);
  await migrate(postgres.url);
  const connection = connect(postgres.url, { pool: 1 });
  const catalogue = await loadCatalogue(connection, join(folder, 'catalogue'), calls);
  const simulator = await startSimulator({ account, time: realTime(), callsPerSecond: 20 });
  const mail = createMailServer();
  const ports = [];
  for (let count = 0; count < serves; count += 1) ports.push(await findFreePort());
  const balancer = await balance(ports);
  const origin = `http://localhost:${balancer.port}`;
  const troubles = new Map<MailPhase, Trouble>();
  const logFile = join(folder, 'processes.log');
  const fleet = createFleet({
    ...{ databasePort, mail, logFile },
    env: (own) => ({
      ...environment(origin, postgres.url, simulator.url, own),
      JOB_LEASE_SECONDS: String(leaseSeconds),
    }),
    trouble(moment) {
      const trouble = moment.kind === 'mail' ? troubles.get(moment.phase) : undefined;
      if (moment.kind === 'mail' && trouble !== undefined) troubles.delete(moment.phase);
      return trouble ?? null;
    },
  });
  for (const port of ports) await fleet.add('serve', port);
  await fleet.someServe();
  for (let count = 0; count < workers; count += 1) await fleet.add('worker');
  return {
    ...{ origin, fleet, mail, simulator, catalogue, troubles, leaseSeconds, logFile },
    async restartDatabase(signal, awayMs) {
      for (const one of fleet.all) one.interruptedBy ??= 'a restart of PostgreSQL';
      process.kill(postgres.pid, signal);
      await postgres.stop();
      await new Promise((resolve) => setTimeout(resolve, awayMs));
      postgres = await connectOrStart(database);
    },
    async countWaitingMails() {
      const [row] = await connection.sql<{ count: number }[]>`
        select count(*)::int as count from pgboss.job
        where name = 'send-delivery' and state in ('created', 'retry', 'active')`;
      return row?.count ?? 0;
    },
    async end({ keepLog }) {
      await balancer.end();
      await simulator.close();
      await connection.close();
      await postgres.stop();
      rmSync(keepLog ? dataDir : folder, { recursive: true, force: true });
    },
  };
}

function environment(
  origin: string,
  databaseUrl: string,
  twilioUrl: string,
  own: Parameters<FleetOptions['env']>[0],
): NodeJS.ProcessEnv {
  const url = new URL(databaseUrl);
  url.port = String(own.databasePort);
  const { accountSid, authToken, apiKey, apiSecret, from } = account;
  const limits = ['READS_PER_MINUTE', 'WRITES_PER_MINUTE', 'REQUESTS_PER_HOUR', 'SOCKETS_PER_ADDRESS'];
  const caps = ['MAILS_PER_PARTNER_ADDRESS', 'MAILS_PER_UNPROVEN_ADDRESS'];
  const ofCalls = ['CALLS_PER_ADDRESS_TEN_MINUTES', 'CALLS_PER_ADDRESS_DAY'];
  return {
    ...process.env,
    PORT: String(own.port),
    PUBLIC_URL: origin,
    DATABASE_URL: url.href,
    SMTP_URL: `smtp://127.0.0.1:${own.mailPort}`,
    MAIL_FROM: 'Quoteline <quoteline@quoteline.example>',
    SECRET_KEY: 'a key for the kill test only, of more than 32 bytes',
    WORKER: 'off',
    LOG_LEVEL: 'warn',
    ...{ TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from },
    ...{ TWILIO_API_KEY: apiKey, TWILIO_API_SECRET: apiSecret, TWILIO_BASE_URL: twilioUrl },
    ...{ CALLS_AT_ONCE: '50', CALL_DAILY_BUDGET: '100000', CALL_UNANSWERED_CALLS: '10000' },
    ...Object.fromEntries([...limits, ...caps, ...ofCalls].map((name) => [`LIMIT_${name}`, '9999999'])),
  };
}
