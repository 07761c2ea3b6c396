import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forgetOld } from '#server/platform/housekeeping.ts';
import { type Attempt, once, type Replay } from '#server/platform/idempotency.ts';
import { start, type TestService } from '../../harness.ts';

let service: TestService;
let actor: string;
let runs: number;

beforeAll(async () => {
  service = await start();
});
afterAll(() => service.end());

const dayMs = 86_400_000;

interface Answer {
  run: number;
  text: string;
}

/** Attempts one operation of this test's actor, in a transaction of its own. */
async function attempt(
  key: string | null,
  options: Partial<Attempt> & { run?: () => Promise<Answer>; replay?: Replay<Answer, object> } = {},
): Promise<Answer> {
  const { run, replay, ...given } = options;
  const now = service.clock.now();
  const all = { actor, operation: 'notes.write', key, body: { text: 'a' }, now, keepDays: 1, ...given };
  return service.ctx.db.transaction((tx) => once(tx, all, run ?? countRun, replay));
}

async function countRun(): Promise<Answer> {
  runs += 1;
  return Promise.resolve({ run: runs, text: 'written' });
}

function newActor(): void {
  actor = `buyer:${randomUUID()}`;
  runs = 0;
}

async function keptKeys(): Promise<string[]> {
  const rows = await service.ctx.sql<{ key: string }[]>`
    select key from idempotency_keys where actor = ${actor} order by key`;
  return rows.map(({ key }) => key);
}

async function deleteExpired(): Promise<void> {
  await service.ctx.jobs.enqueue(service.ctx.db, forgetOld, [{}]);
  await service.drain();
}

const reused = { code: 'idempotency_key_reused', status: 422 };

describe('an attempt under a key', () => {
  test('ten concurrent attempts under a key run once and all get that answer', async () => {
    newActor();
    const slowly = async () => {
      const answer = await countRun();
      await service.ctx.sql`select pg_sleep(0.05)`;
      return answer;
    };
    const ten = Array.from({ length: 10 }, () => attempt('k', { run: slowly }));
    expect(await Promise.all(ten)).toEqual(ten.map(() => ({ run: 1, text: 'written' })));
    expect(runs).toBe(1);
  });

  test('the order of the body’s fields doesn’t matter for a repeat', async () => {
    newActor();
    await attempt('k', { body: { a: 1, b: [{ c: 2, d: 3 }] } });
    expect(await attempt('k', { body: { b: [{ d: 3, c: 2 }], a: 1 } })).toMatchObject({ run: 1 });
  });

  test('an attempt with another body is refused, also concurrently', async () => {
    newActor();
    const bodies = [{ text: 'a' }, { text: 'b' }, { text: 'c' }];
    const both = await Promise.allSettled(bodies.map((body) => attempt('k', { body })));
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of both) if (one.status === 'rejected') expect(one.reason).toMatchObject(reused);
    await expect(attempt('k', { body: { text: 'd' } })).rejects.toMatchObject({
      errors: [{ path: 'Idempotency-Key', code: 'idempotency_key_reused' }],
    });
    expect(runs).toBe(1);
  });

  test('a failed attempt leaves the key free', async () => {
    newActor();
    const failing = () => Promise.reject(new Error('refused'));
    await expect(attempt('k', { run: failing })).rejects.toThrow('refused');
    expect(await keptKeys()).toEqual([]);
    expect(await attempt('k', { body: { text: 'b' } })).toMatchObject({ run: 1 });
  });

  test('an attempt runs when the concurrent one before it fails', async () => {
    newActor();
    let fail = (_: Error): void => {};
    const failed = new Promise<Answer>((_resolve, reject) => (fail = reject));
    const hasStarted = Promise.withResolvers<undefined>();
    const first = attempt('k', {
      run: () => {
        hasStarted.resolve(undefined);
        return failed;
      },
    });
    await hasStarted.promise;
    const second = attempt('k', { body: { text: 'b' } });
    fail(new Error('refused'));
    await expect(first).rejects.toThrow('refused');
    expect(await second).toMatchObject({ run: 1 });
  });

  test('keys of other actors and operations are independent', async () => {
    newActor();
    await attempt('k');
    expect(await attempt('k', { actor: `${actor}x`, body: {} })).toMatchObject({ run: 2 });
    expect(await attempt('k', { operation: 'notes.delete', body: {} })).toMatchObject({ run: 3 });
    expect(await attempt('k')).toMatchObject({ run: 1 });
  });

  test('attempts without a key run each time', async () => {
    newActor();
    await attempt(null);
    expect(await attempt(null)).toMatchObject({ run: 2 });
    expect(await keptKeys()).toEqual([]);
  });
});

describe('the kept answers', () => {
  test('a long answer is kept as an outline and rebuilt from it', async () => {
    newActor();
    const replay: Replay<Answer, { run: number }> = {
      keptAs: ({ run }) => ({ run }),
      replay: ({ run }) => ({ run, text: `written in run ${run}` }),
    };
    const options = { replay: replay as Replay<Answer, object> };
    expect(await attempt('k', options)).toEqual({ run: 1, text: 'written' });
    expect(await attempt('k', options)).toEqual({ run: 1, text: 'written in run 1' });
    const [row] = await service.ctx.sql`select answer from idempotency_keys where actor = ${actor}`;
    expect(row?.answer).toEqual({ run: 1 });
  });

  test('an answer that is not to be kept leaves the key free', async () => {
    newActor();
    const replay = { keptAs: () => null, replay: () => Promise.reject(new Error('nothing was kept')) };
    await attempt('k', { replay });
    expect(await keptKeys()).toEqual([]);
    expect(await attempt('k', { replay, body: { text: 'b' } })).toMatchObject({ run: 2 });
  });

  test('expired keys are free and are deleted, however many there are', async () => {
    newActor();
    await attempt('k');
    await attempt('later', { keepDays: 400 });
    await service.ctx.sql`
      insert into idempotency_keys (actor, operation, key, body_hash, answer, at, expires_at)
      select actor, operation, 'more ' || n, body_hash, answer, at, expires_at
      from idempotency_keys, generate_series(1, 1100) as n where actor = ${actor} and key = 'k'`;
    await deleteExpired();
    expect(await keptKeys()).toHaveLength(1102);
    service.clock.advance(dayMs);
    expect(await attempt('k', { body: { text: 'b' } })).toMatchObject({ run: 3 });
    await deleteExpired();
    expect(await keptKeys()).toEqual(['k', 'later']);
  });

  test('the number of kept keys can be bounded, and the oldest are deleted', async () => {
    newActor();
    for (const key of ['1', '2', '3', '4']) {
      await attempt(key, { mostKeys: 3 });
      service.clock.advance(1_000);
    }
    await attempt('other', { operation: 'notes.delete' });
    expect(await keptKeys()).toEqual(['2', '3', '4', 'other']);
  });
});
