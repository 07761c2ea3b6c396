import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { connect, type Db } from '#db/client.ts';
import { addAccount } from '#server/accounts/service.ts';
import type { Simulator } from '#server/dev/twilio/port.ts';
import { startSimulator } from '#server/dev/twilio/simulator.ts';
import { realTime } from '#server/dev/twilio/time.ts';
import { findFreePort } from '../../../scripts/pg.ts';
import { cloneTemplate } from '../../harness.ts';
import { type MailSink, startMailSink } from '../../mail-sink.ts';
import { telephoneAccount, telephoneSettings } from '../../telephony.ts';
import { createWorld, type World } from '../../world.ts';
import { environment } from '../environment.ts';
import { serve, stop } from '../site.ts';
import { balance } from './haproxy.ts';
import { pool } from './pgbouncer.ts';

/** Two services behind HAProxy and two workers, all with one database behind PgBouncer in transaction mode. */
export interface ManySite {
  /** The balancer's address, which is also the public one. */
  url: string;
  /** The services' own ports. */
  ports: [number, number];
  services: [ChildProcess, ChildProcess];
  workers: [ChildProcess, ChildProcess];
  db: Db;
  world: World;
  mail: MailSink;
  simulator: Simulator;
  startService(port: number): Promise<ChildProcess>;
  startWorker(): ChildProcess;
  end(): Promise<void>;
}

/** How many requests one address may send. */
export const requestsPerHour = 5;

export const milan = { email: 'milan@sever.example', password: 'a long enough password' };

export async function openManySite(): Promise<ManySite> {
  const database = await cloneTemplate();
  const pooler = await pool(database.url);
  const mail = await startMailSink();
  const connection = connect(database.url);
  const { db } = connection;
  const world = await createWorld(db);
  await addAccount(db, {
    ...{ ...milan, name: 'Milan Petrović', role: 'agent', locale: 'en' },
    ...{ vendorId: Number(world.vendors.sever), agentId: Number(world.agents.milan) },
  });
  const ports: [number, number] = [await findFreePort(), await findFreePort()];
  const balancer = await balance(ports);
  const url = `http://localhost:${balancer.port}`;
  const simulator = await startSimulator({ account: telephoneAccount, time: realTime(), callsPerSecond: 20 });
  const env = {
    ...environment({ url, databaseUrl: pooler.url, mail }),
    DATABASE_DIRECT_URL: database.url,
    DATABASE_PREPARE: 'off',
    LOG_LEVEL: 'warn',
    DRAIN_SECONDS: '3',
    WORKER: 'off',
    TRUST_PROXY: '127.0.0.1',
    LIMIT_REQUESTS_PER_HOUR: String(requestsPerHour),
    ...telephoneSettings(simulator.url),
  };
  const startService = (port: number) =>
    serve('serve', { ...env, PORT: String(port) }, `http://127.0.0.1:${port}`);
  const startWorker = () =>
    spawn(process.execPath, ['scripts/worker.ts'], {
      cwd: join(import.meta.dirname, '../../..'),
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  const site: ManySite = {
    ...{ url, ports, db, world, mail, simulator, startService, startWorker },
    services: [await startService(ports[0]), await startService(ports[1])],
    workers: [startWorker(), startWorker()],
    async end() {
      await balancer.end();
      for (const process of [...site.services, ...site.workers]) await stop(process, 'SIGKILL');
      await simulator.close();
      await connection.close();
      await pooler.end();
      await mail.close();
      await database.drop();
    },
  };
  return site;
}
