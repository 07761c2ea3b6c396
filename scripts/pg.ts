import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { withLock } from './lock.ts';
import { type Account, accountFor } from './pg/account.ts';
import { findBinaries } from './pg/binaries.ts';
import {
  createCluster,
  createUsersPipe,
  DATABASE,
  HERE,
  programEnv,
  readPassword,
  SUPERUSER,
  USERS_PIPE,
} from './pg/cluster.ts';
import { findServer, isAlive, type RunningServer, waitForEnd, waitForLeftovers } from './pg/processes.ts';
import { PlainError } from './plain-error.ts';

export type PostgresOptions = {
  /** Holds the cluster in the subfolder `postgres`, and the server's log. Created if missing. */
  dataDir: string;
  /** Used only when the server isn't running yet; any free port by default. */
  port?: number;
  /** Server settings (`fsync: 'off'`), used only when the server isn't running yet. */
  settings?: Record<string, string>;
  /** How long the start may take (60 s). */
  startTimeoutMs?: number;
};

export type Postgres = {
  /** postgres://… of the database `quoteline` on 127.0.0.1. */
  url: string;
  pid: number;
  /** Stops using the server. If no other process uses it, waits until it has shut down. */
  stop(): Promise<void>;
  /** Resolves when the server has ended for any reason. */
  ended: Promise<void>;
};

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const LOG_LIMIT_BYTES = 5_000_000;

const defaultSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // Neither helps short queries, and parallel workers need more shared memory than small containers have.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  // A log that no worker backs up must not fill the disk.
  max_slot_wal_keep_size: '4GB',
};

/**
 * PostgreSQL's parent. Asks for a fast shutdown once all processes that use the server have closed the pipe or ended.
 * The first `exec` opens the pipe in both directions so that opening it for reading doesn't block.
 */
const SUPERVISOR_SCRIPT = `
exec 3<>${USERS_PIPE}; exec 4<${USERS_PIPE}; exec 3>&-
"$0" "$@" 4<&- & server=$!
(read -r line <&4; kill -INT $server) & watch=$!
exec 4<&-
wait $server; code=$?
kill $watch 2>/dev/null
exit $code`;

/**
 * Joins the embedded PostgreSQL that runs on a data folder, or starts it. It runs until the last process that uses it
 * ends, also by kill -9. Throws with the end of PostgreSQL's log when it doesn't start.
 */
export async function connectOrStart(options: PostgresOptions): Promise<Postgres> {
  const clusterDir = join(resolve(options.dataDir), 'postgres');
  return withLock(clusterDir, async () => {
    const joined = (await joinRunning(clusterDir)) ?? (await start(clusterDir, options));
    const password = readPassword(clusterDir);
    const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${joined.server.port}/${DATABASE}`;
    await ensureDatabase(url);
    return { url, ...using(clusterDir, joined) };
  });
}

/** Starts the server of an existing cluster whose `settings` say who may connect and how. */
export async function startAlone(
  options: PostgresOptions,
): Promise<Omit<Postgres, 'url'> & { port: number }> {
  const clusterDir = join(resolve(options.dataDir), 'postgres');
  return withLock(clusterDir, async () => {
    const joined = await start(clusterDir, options);
    return { port: joined.server.port, ...using(clusterDir, joined) };
  });
}

function using(clusterDir: string, { server: { pid }, usersPipe }: JoinedServer): Omit<Postgres, 'url'> {
  let stopping: Promise<void> | undefined;
  return {
    pid,
    stop: () => (stopping ??= withLock(clusterDir, () => releaseServer(clusterDir, pid, usersPipe))),
    ended: watchForEnd(pid),
  };
}

type JoinedServer = { server: RunningServer; usersPipe: number };

async function joinRunning(clusterDir: string): Promise<JoinedServer | undefined> {
  const found = existsSync(clusterDir) && findServer(clusterDir);
  if (!found) return undefined;
  const usersPipe = openUsersPipe(clusterDir);
  // The last user may have just been killed: check again once a shutdown has had time to begin.
  await pause(30);
  const server = findServer(clusterDir);
  if (server?.status === 'ready' && usersPipe !== undefined) return { server, usersPipe };

  // It is shutting down, or its supervisor is gone.
  if (usersPipe !== undefined) closeSync(usersPipe);
  if (server) await endServer(server.pid, 'SIGINT');
  return undefined;
}

async function start(
  clusterDir: string,
  { dataDir, port, settings, startTimeoutMs = START_TIMEOUT_MS }: PostgresOptions,
): Promise<JoinedServer> {
  const account = accountFor(clusterDir);
  const binaries = findBinaries(account);
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(join(clusterDir, 'PG_VERSION'))) await createCluster(clusterDir, account, binaries);
  await waitForLeftovers(clusterDir);
  rmSync(join(clusterDir, 'postmaster.pid'), { force: true });

  const pipe = createUsersPipe(clusterDir, account);
  const startPipe = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  try {
    const command = [
      ...[binaries.postgres, '-D', HERE, '-p', String(port ?? (await findFreePort()))],
      ...Object.entries({ ...defaultSettings, ...settings }).flatMap(([name, value]) => [
        '-c',
        `${name}=${value}`,
      ]),
    ];
    const server = await launch(clusterDir, account, command, startTimeoutMs);
    const usersPipe = openUsersPipe(clusterDir);
    if (usersPipe === undefined) throw new PlainError('PostgreSQL ended right after its start.');
    return { server, usersPipe };
  } finally {
    closeSync(startPipe);
  }
}

/** Starts the server and waits until it accepts connections. */
async function launch(
  clusterDir: string,
  account: Account,
  command: string[],
  timeoutMs: number,
): Promise<RunningServer> {
  const logFile = join(clusterDir, '..', 'postgres.log');
  const loggedBefore = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const keepLog = loggedBefore < LOG_LIMIT_BYTES;
  const log = openSync(logFile, keepLog ? 'a' : 'w');
  const child = spawn('sh', ['-c', SUPERVISOR_SCRIPT, ...command], {
    ...account,
    cwd: clusterDir,
    env: programEnv,
    // Its own process group, so that Ctrl-C doesn't stop the database before the service has closed.
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));

  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    const server = findServer(clusterDir);
    if (server?.status === 'ready') return server;
    if (failure) throw failure;
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > giveUpAt) {
      const output = readFileSync(logFile, 'utf8').slice(keepLog ? loggedBefore : 0);
      throw new PlainError(
        `PostgreSQL did not start. It said:\n${output.trim().split('\n').slice(-12).join('\n')}`,
      );
    }
    await pause(10);
  }
}

/** Opens the pipe that marks this process as a user of the server. Returns undefined when no supervisor reads it. */
function openUsersPipe(clusterDir: string): number | undefined {
  try {
    return openSync(join(clusterDir, USERS_PIPE), constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

async function releaseServer(clusterDir: string, pid: number, usersPipe: number): Promise<void> {
  closeSync(usersPipe);
  if (!hasUsers(clusterDir)) await endServer(pid);
}

/** Returns whether a process still has the pipe open: reading it then fails with EAGAIN, else it is at its end. */
function hasUsers(clusterDir: string): boolean {
  let pipe: number | undefined;
  try {
    pipe = openSync(join(clusterDir, USERS_PIPE), constants.O_RDONLY | constants.O_NONBLOCK);
    readSync(pipe, Buffer.alloc(1));
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN';
  } finally {
    if (pipe !== undefined) closeSync(pipe);
  }
}

async function endServer(pid: number, signal?: NodeJS.Signals): Promise<void> {
  if (signal) process.kill(pid, signal);
  if (await waitForEnd(pid, STOP_TIMEOUT_MS)) return;
  process.kill(pid, 'SIGQUIT');
  await waitForEnd(pid, STOP_TIMEOUT_MS);
}

async function watchForEnd(pid: number): Promise<void> {
  while (isAlive(pid)) await pause(500, undefined, { ref: false });
}

async function ensureDatabase(url: string): Promise<void> {
  const maintenance = new URL(url);
  maintenance.pathname = '/postgres';
  const sql = postgres(maintenance.href, { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (!found) await sql`create database ${sql(DATABASE)}`;
  } finally {
    await sql.end();
  }
}

/** Returns a free port of 127.0.0.1, below the range of ephemeral ports. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_768);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolveFree) => {
    const server = createServer();
    server.once('error', () => resolveFree(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolveFree(true)));
  });
}
