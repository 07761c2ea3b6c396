import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { PlainError } from '../plain-error.ts';

/**
 * The cluster's path for PostgreSQL's programs, whose working directory it is. Unlike an absolute path it needs no
 * permission for the folders above, so the data may be under root's home.
 */
export const HERE = '/proc/self/cwd';

export const SUPERUSER = 'quoteline';
export const DATABASE = 'quoteline';

/** Held open for writing by every process that uses the server; the server stops when the last one is gone. */
export const USERS_PIPE = 'quoteline.users';

const PASSWORD_FILE = 'quoteline.password';

/** PostgreSQL's programs get nothing else of our environment, HOME in particular. */
export const programEnv = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export function readPassword(clusterDir: string): string {
  return readFileSync(join(clusterDir, PASSWORD_FILE), 'utf8').trim();
}

export const hasPassword = (clusterDir: string): boolean => existsSync(join(clusterDir, PASSWORD_FILE));

export const newPassword = (): string => randomBytes(24).toString('base64url');

export function writePassword(clusterDir: string, account: Account, password: string): void {
  const file = join(clusterDir, PASSWORD_FILE);
  writeFileSync(file, password, { mode: 0o600 });
  giveTo(account, file);
}

/** Creates an empty cluster. Deletes an unfinished one first. */
export async function createCluster(
  clusterDir: string,
  account: Account,
  { initdb }: Binaries,
): Promise<void> {
  const unfinished = `${clusterDir}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  giveTo(account, unfinished);

  const password = newPassword();
  await runInitdb(initdb, password, unfinished, account);
  writePassword(unfinished, account, password);
  renameSync(unfinished, clusterDir);
}

function runInitdb(initdb: string, password: string, cwd: string, account: Account): Promise<void> {
  const options = ['-D', HERE, '-U', SUPERUSER, '-A', 'scram-sha-256', '--pwfile=/dev/stdin', '-E', 'UTF8'];
  const locale = ['--locale-provider=builtin', '--locale=C.UTF-8'];
  // A pipe of the shell: Node's pipes are sockets, which /dev/stdin can't reopen, and any user can read a command line.
  const pipe = 'printf "%s\\n" "$PASSWORD" | "$0" "$@"';
  const child = spawn('sh', ['-c', pipe, initdb, ...options, ...locale, '--no-instructions'], {
    ...account,
    cwd,
    env: { ...programEnv, PASSWORD: password },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve()
        : reject(
            new PlainError(
              `PostgreSQL could not create its data folder:\n${Buffer.concat(output).toString().trim()}`,
            ),
          ),
    );
  });
}

/** Creates a new pipe for each server, so that no process holds the pipe of a previous server. */
export function createUsersPipe(clusterDir: string, account: Account): string {
  const pipe = join(clusterDir, USERS_PIPE);
  if (existsSync(pipe)) rmSync(pipe);
  const made = spawnSync('mkfifo', ['-m', '600', pipe], { encoding: 'utf8' });
  if (made.status !== 0) throw new PlainError(`Could not make ${pipe}: ${made.stderr || String(made.error)}`);
  giveTo(account, pipe);
  return pipe;
}

/** Lets PostgreSQL's user own a file or folder. */
export function giveTo({ uid, gid }: Account, path: string): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}
