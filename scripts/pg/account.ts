import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { PlainError } from '../plain-error.ts';

/** Who PostgreSQL runs as; undefined ids mean "as we are". */
export type Account = { uid?: number; gid?: number };

const NOBODY = { uid: 65534, gid: 65534 };
const READ = 0o4;
const WALK = 0o1;

/**
 * PostgreSQL refuses to run as root, so root lends it another account: the owner of the cluster when there is
 * one already (`sudo npm start` after `npm start` must not take the files away), else `postgres` where the
 * machine has it, else `nobody`. Other users run it as themselves.
 */
export function accountFor(clusterDir: string): Account {
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  const ourselves = process.getuid?.();
  if (ourselves !== 0) {
    if (!owner || owner.uid === ourselves) return {};
    throw new PlainError(
      `${clusterDir} belongs to another user. Start as that user, or choose another DATA_DIR.`,
    );
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return namedAccount('postgres') ?? namedAccount('nobody') ?? NOBODY;
}

function namedAccount(name: string): Required<Account> | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** Returns whether the account may enter this folder and read it. */
export function canReach({ uid, gid }: Account, folder: string): boolean {
  if (uid === undefined) return true;
  for (let here = folder; ; here = dirname(here)) {
    const owner = statSync(here);
    const bits = owner.uid === uid ? owner.mode >> 6 : owner.gid === gid ? owner.mode >> 3 : owner.mode;
    const needed = here === folder ? READ | WALK : WALK;
    if ((bits & needed) !== needed) return false;
    if (here === dirname(here)) return true;
  }
}
