import { and, eq, sql } from 'drizzle-orm';
import { builtOnce, type Given } from '#db/built.ts';
import type { Db } from '#db/client.ts';
import { idempotencyKeys } from '#db/tables/idempotency.ts';
import { refuseField } from './errors.ts';
import { bodyHash } from './json.ts';

export interface Attempt {
  /** Such as `buyer:<id>`. Keys are per actor and operation. */
  actor: string;
  /** Such as `requests.send`. */
  operation: string;
  /** The client's key. Null: not idempotent. */
  key: string | null;
  body: unknown;
  now: Date;
  keepDays: number;
  /** The number of keys per actor and operation; older ones are deleted. */
  mostKeys?: number;
}

/** For answers that are too long to store, or that must be current on replay. */
export interface Replay<Answer extends object, Kept extends object> {
  /** Returns what to store instead of the answer; null releases the key. */
  keptAs: (answer: Answer) => Kept | null;
  replay: (kept: Kept) => Answer | Promise<Answer>;
}

/**
 * Runs an attempt once per key and replays its answer later. Concurrent attempts wait for the caller's transaction; a
 * rollback frees the key. Refuses `idempotency_key_reused` if the body differs.
 */
export async function once<Answer extends object, Kept extends object = Answer>(
  tx: Db,
  attempt: Attempt,
  run: () => Promise<Answer>,
  replay?: Replay<Answer, Kept>,
): Promise<Answer> {
  const { key } = attempt;
  if (key === null) return run();
  const taken = { ...attempt, key, bodyHash: bodyHash(attempt.body) };
  if (!(await takeKey(tx, taken))) {
    const kept = await findKept(tx, taken);
    return replay ? replay.replay(kept as Kept) : (kept as Answer);
  }
  const answer = await run();
  const kept = replay ? replay.keptAs(answer) : answer;
  if (kept === null) await tx.delete(idempotencyKeys).where(isKey(taken));
  else
    await storeAnswer(tx, {
      actor: taken.actor,
      operation: taken.operation,
      key,
      answer: JSON.stringify(kept),
    });
  return answer;
}

const storeAnswer = builtOnce(
  (
    _db,
    { actor, operation, key, answer }: Given<Record<'actor' | 'operation' | 'key' | 'answer', string>>,
  ) => sql`
    update idempotency_keys set answer = ${answer}::jsonb
    where actor = ${actor} and operation = ${operation} and key = ${key}`,
);

type KeyedAttempt = Attempt & { key: string; bodyHash: Buffer };

const dayMs = 86_400_000;

const isKey = ({ actor, operation, key }: KeyedAttempt) =>
  and(
    eq(idempotencyKeys.actor, actor),
    eq(idempotencyKeys.operation, operation),
    eq(idempotencyKeys.key, key),
  );

/** Returns false if the key is in use. An expired key counts as free. */
async function takeKey(tx: Db, attempt: KeyedAttempt): Promise<boolean> {
  const { actor, operation, key, now, keepDays, mostKeys } = attempt;
  const expiresAt = new Date(now.getTime() + keepDays * dayMs);
  // Skip keys locked by other transactions: waiting for them could deadlock.
  const trimming = sql`
    with surplus as (
      delete from idempotency_keys
      where actor = ${actor} and operation = ${operation} and key in (
        select key from idempotency_keys
        where actor = ${actor} and operation = ${operation} and key <> ${key}
        order by at desc, key offset ${(mostKeys ?? 1) - 1} for update skip locked))`;
  const taken = await tx.execute(sql`
    ${mostKeys === undefined ? sql.empty() : trimming}
    insert into idempotency_keys as earlier (actor, operation, key, body_hash, at, expires_at)
    values (${actor}, ${operation}, ${key}, decode(${attempt.bodyHash.toString('hex')}, 'hex'),
            ${now.toISOString()}, ${expiresAt.toISOString()})
    on conflict (actor, operation, key) do update
    set body_hash = excluded.body_hash, answer = null, at = excluded.at, expires_at = excluded.expires_at
    where earlier.expires_at <= excluded.at
    returning 1`);
  return taken.length > 0;
}

async function findKept(tx: Db, attempt: KeyedAttempt): Promise<unknown> {
  const [earlier] = await tx.select().from(idempotencyKeys).where(isKey(attempt));
  if (earlier?.bodyHash.equals(attempt.bodyHash)) return earlier.answer;
  throw refuseField('Idempotency-Key', 'idempotency_key_reused');
}

/** Lets an actor replay what another one did before it became this actor. Keys that both used stay as they are. */
export async function moveKeys(tx: Db, from: string, to: string): Promise<void> {
  await tx.execute(sql`
    update idempotency_keys as moved set actor = ${to}
    where (actor, operation, key) in (
      -- A locked key is being used again, which waits for this transaction.
      select actor, operation, key from idempotency_keys where actor = ${from} for update skip locked)
    and not exists (
      select from idempotency_keys as own
      where own.actor = ${to} and own.operation = moved.operation and own.key = moved.key)`);
}

const batchSize = 500;

/** Deletes expired keys in batches, skipping locked ones. */
export async function deleteExpiredKeys(db: Db, now: Date): Promise<void> {
  const deleteBatch = () =>
    db.execute(sql`
      delete from idempotency_keys
      where (actor, operation, key) in (
        select actor, operation, key from idempotency_keys
        where expires_at <= ${now.toISOString()}
        order by expires_at limit ${batchSize} for update skip locked)
      returning 1`);
  while ((await deleteBatch()).length === batchSize);
}

/** Forgets the keys of an actor, with their answers. */
export async function deleteKeys(tx: Db, actor: string): Promise<void> {
  await tx.delete(idempotencyKeys).where(eq(idempotencyKeys.actor, actor));
}
