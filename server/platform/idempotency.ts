import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { idempotencyKeys } from '#db/tables/idempotency.ts';
import { refuseField } from './errors.ts';
import { bodyHash } from './json.ts';

export interface Attempt {
  /** Such as `buyer:<id>`; a key means nothing to another actor. */
  actor: string;
  /** Such as `requests.send`; a key means nothing to another operation. */
  operation: string;
  /** The sender's. Null: every attempt runs. */
  key: string | null;
  body: unknown;
  now: Date;
  keepDays: number;
  /** Deletes the actor's oldest keys of this operation beyond so many. */
  mostKeys?: number;
}

/** For answers that are too long to keep, or that must be current when they are repeated. */
export interface Replay<Answer extends object, Kept extends object> {
  /** What to keep instead of the answer; null releases the key. */
  keptAs: (answer: Answer) => Kept | null;
  replay: (kept: Kept) => Answer | Promise<Answer>;
}

/**
 * Runs an attempt at most once per key and returns what the first run answered. Takes the key in the caller's
 * transaction: a concurrent attempt waits for its end, and a rollback leaves the key free. Refuses
 * `idempotency_key_reused` when the body differs.
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
  else await tx.update(idempotencyKeys).set({ answer: kept }).where(isKey(taken));
  return answer;
}

type KeyedAttempt = Attempt & { key: string; bodyHash: Buffer };

const dayMs = 86_400_000;

const isKey = ({ actor, operation, key }: KeyedAttempt) =>
  and(
    eq(idempotencyKeys.actor, actor),
    eq(idempotencyKeys.operation, operation),
    eq(idempotencyKeys.key, key),
  );

/** Returns false when the key is taken. An expired key is free, even before it is deleted. */
async function takeKey(tx: Db, attempt: KeyedAttempt): Promise<boolean> {
  const { actor, operation, key, now, keepDays, mostKeys } = attempt;
  const expiresAt = new Date(now.getTime() + keepDays * dayMs);
  // Keys that another transaction holds stay: waiting for them could deadlock.
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

const batchSize = 500;

/** Deletes expired keys in small transactions; one that is in use is left for the next time. */
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
