import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { PlainError } from '../plain-error.ts';

/** The user that PostgreSQL runs as; without ids it is the current user. */
export type Account = { uid?: number; gid?: number };

const NOBODY = { uid: 65534, gid: 65534 };
const READ = 0o4;
const ENTER = 0o1;

/**
 * Returns the user to run PostgreSQL as. It refuses to run as root, so root runs it as the owner of an existing cluster,
 * else as `postgres`, else as `nobody`. Throws when the cluster belongs to another user.
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

/** Returns whether the account may enter and read a folder. */
export function canReach({ uid, gid }: Account, folder: string): boolean {
  if (uid === undefined) return true;
  for (let here = folder; ; here = dirname(here)) {
    const owner = statSync(here);
    const bits = owner.uid === uid ? owner.mode >> 6 : owner.gid === gid ? owner.mode >> 3 : owner.mode;
    const needed = here === folder ? READ | ENTER : ENTER;
    if ((bits & needed) !== needed) return false;
    if (here === dirname(here)) return true;
  }
}
