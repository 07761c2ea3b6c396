import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { PlainError } from '../plain-error.ts';

/**
 * Programs get the cluster as their working directory and know it by this name. Unlike an absolute path it needs
 * no right to walk through the folders above, so the data may live under root's home although root cannot run
 * PostgreSQL itself.
 */
export const HERE = '/proc/self/cwd';

export const SUPERUSER = 'quoteline';

/** Held open for writing by every process that uses the server; the server stops when the last one is gone. */
export const USERS_PIPE = 'quoteline.users';

const PASSWORD_FILE = 'quoteline.password';

/** PostgreSQL's programs need none of our environment, least of all a HOME. */
export const programEnv = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export function readPassword(clusterDir: string): string {
  return readFileSync(join(clusterDir, PASSWORD_FILE), 'utf8').trim();
}

/** Makes an empty cluster; deletes a half-made one first. */
export async function createCluster(
  clusterDir: string,
  account: Account,
  { initdb }: Binaries,
): Promise<void> {
  const unfinished = `${clusterDir}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  giveTo(account, unfinished);

  const password = randomBytes(24).toString('base64url');
  await runInitdb(initdb, password, unfinished, account);
  const file = join(unfinished, PASSWORD_FILE);
  writeFileSync(file, password, { mode: 0o600 });
  giveTo(account, file);
  renameSync(unfinished, clusterDir);
}

function runInitdb(initdb: string, password: string, cwd: string, account: Account): Promise<void> {
  const options = ['-D', HERE, '-U', SUPERUSER, '-A', 'scram-sha-256', '--pwfile=/dev/stdin', '-E', 'UTF8'];
  const locale = ['--locale-provider=builtin', '--locale=C.UTF-8'];
  // The password arrives through a pipe made by the shell: Node's own pipes are sockets, which cannot be reopened
  // by name, and a command line could be read by anybody.
  const pipe = 'printf "%s\\n" "$PASSWORD" | "$0" "$@"';
  const child = spawn('sh', ['-c', pipe, initdb, ...options, ...locale, '--no-instructions'], {
    ...account,
    cwd,
    env: { ...programEnv, PASSWORD: password },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve()
        : reject(
            new PlainError(
              `PostgreSQL could not create its data folder:\n${Buffer.concat(said).toString().trim()}`,
            ),
          ),
    );
  });
}

/** Returns a fresh pipe for each server, so that it can't be mistaken for the pipe of a dead server. */
export function createUsersPipe(clusterDir: string, account: Account): string {
  const pipe = join(clusterDir, USERS_PIPE);
  if (existsSync(pipe)) rmSync(pipe);
  const made = spawnSync('mkfifo', ['-m', '600', pipe], { encoding: 'utf8' });
  if (made.status !== 0) throw new PlainError(`Could not make ${pipe}: ${made.stderr || String(made.error)}`);
  giveTo(account, pipe);
  return pipe;
}

function giveTo({ uid, gid }: Account, path: string): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}
