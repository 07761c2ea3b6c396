import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { start, type TestService } from '../../harness.ts';
import { knock, openPage, type Page, pageOf } from './page.ts';
import { type Stand, startLine, startStand } from './stand.ts';

let service: TestService;
let stand: Stand;
const pages: Page[] = [];
const topic = 'count:one';

beforeAll(async () => {
  service = await start();
});
afterAll(() => service.end());
beforeEach(async () => {
  stand = await startStand(service);
  await untilHeard();
});
afterEach(async () => {
  for (const page of pages.splice(0)) page.ws.terminate();
  await stand.close();
});

async function open(at: { url: string } = stand): Promise<Page> {
  const page = await openPage({ url: at.url, config: stand.config });
  pages.push(page);
  return page;
}
const openMany = (count: number) => Promise.all(Array.from({ length: count }, () => open()));
const counts = (value: number) => (frame: { state?: { value: number } }) => frame.state?.value === value;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function secondsOf(secondMs: number): Promise<void> {
  await stand.close();
  stand = await startStand(service, { secondMs });
  await untilHeard();
}

/** Until changes are heard: when that begins, what is watched is read once more. */
async function untilHeard(): Promise<void> {
  const page = await open();
  page.watch('count:before');
  await page.until('count:before');
  await stand.change();
  await page.until('count:before', counts(1));
  await leave(page);
  Object.assign(stand, { value: 0, readValue: 0, reads: 0 });
}

/** Until the service knows, too. */
async function leave(page: Page): Promise<void> {
  const open = stand.sockets.size;
  page.ws.terminate();
  await expect.poll(() => stand.sockets.size).toBe(open - 1);
}

describe('snapshots', () => {
  test('one read serves all watchers, at first and after a change', async () => {
    const many = await openMany(50);
    for (const page of many) page.watch(topic);
    await Promise.all(many.map((page) => page.until(topic)));
    expect(stand.reads).toBe(1);
    await stand.change();
    await Promise.all(many.map((page) => page.until(topic, counts(1))));
    expect(stand.reads).toBe(2);
  });

  test('a missed frame is made up for by the next whole snapshot', async () => {
    const page = await open();
    page.watch(topic);
    await page.until(topic);
    await leave(page);
    for (let i = 0; i < 5; i += 1) await stand.change();
    const back = await open();
    back.watch(topic, page.about(topic).at(-1)?.version);
    expect((await back.until(topic)).state.value).toBe(5);
    expect(back.about(topic)).toHaveLength(1);
  });

  test('a watcher with a newer version than the cached one waits for the next', async () => {
    const [first, second] = await openMany(2);
    if (!first || !second) throw new Error('no pages');
    first.watch(topic);
    const { version = 0 } = await first.until(topic);
    // As another process may have told it meanwhile.
    const known = version + 1_000;
    second.watch(topic, known);
    expect((await second.until(topic)).version).toBeGreaterThan(known);
    await stand.change();
    await first.until(topic, counts(1));
    const told = first.about(topic).map((frame) => frame.version ?? 0);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  test('a watcher with the newest version gets only changes, one with an older or none the snapshot', async () => {
    const [first, knowing, older, without] = await openMany(4);
    if (!first || !knowing || !older || !without) throw new Error('no pages');
    first.watch(topic);
    await first.until(topic);
    // Read once more when changes began to be heard: nothing is read after that.
    await pause(600);
    older.watch(topic);
    const { version = 0 } = await older.until(topic);
    knowing.watch(topic, version);
    knowing.watch(topic, version);
    without.watch(topic);
    await without.until(topic);
    older.watch(topic, version - 1);
    await expect.poll(() => older.about(topic)).toHaveLength(2);
    await pause(300);
    expect(knowing.about(topic)).toEqual([]);
    await stand.change();
    expect((await knowing.until(topic, counts(1))).version).toBeGreaterThan(version);
    expect(knowing.about(topic)).toHaveLength(1);
    const { version: latest = 0 } = await first.until(topic, counts(1));
    first.watch(topic, latest);
    await pause(300);
    expect(first.about(topic).filter(counts(1))).toHaveLength(1);
    first.watch(topic);
    await expect.poll(() => first.about(topic).filter(counts(1))).toHaveLength(2);
  });

  test('a watcher that claims a future version gets changes and causes no repeated reads', async () => {
    const [first, liar] = await openMany(2);
    if (!first || !liar) throw new Error('no pages');
    liar.watch(topic, Number.MAX_SAFE_INTEGER);
    first.watch(topic);
    await first.until(topic);
    liar.watch(topic, Number.MAX_SAFE_INTEGER);
    await pause(1_200);
    const { reads } = stand;
    expect(reads).toBeLessThanOrEqual(4);
    await pause(1_000);
    expect(stand.reads).toBe(reads);
    expect(liar.about(topic)).toEqual([]);
    await stand.change();
    await liar.until(topic, counts(1));
  });

  test('a change during a read is not lost, even before its dependencies are known', async () => {
    stand.readingMs = 300;
    const page = await open();
    page.watch(topic);
    await expect.poll(() => stand.reads).toBeGreaterThan(0);
    await pause(50);
    await stand.change();
    await page.until(topic, counts(1));
  });

  test('200 watchers of a flapping topic get at most four snapshots a second, the last one true', async () => {
    const many = await openMany(200);
    for (const page of many) page.watch(topic);
    await Promise.all(many.map((page) => page.until(topic)));
    const [sentBefore, readBefore] = [many[0]?.frames.length ?? 0, stand.reads];
    const began = performance.now();
    for (let i = 0; i < 100; i += 1) {
      await stand.change();
      await pause(15);
    }
    const last = stand.value;
    await Promise.all(many.map((page) => page.until(topic, counts(last))));
    const most = Math.ceil((performance.now() - began) / 250) + 1;
    expect(stand.reads - readBefore).toBeLessThanOrEqual(most);
    for (const page of many) expect(page.frames.length - sentBefore).toBeLessThanOrEqual(most);
  });

  test('a failed read is retried, and watchers keep what they have', async () => {
    const page = await open();
    page.watch(topic);
    await page.until(topic);
    stand.broken = true;
    await stand.change();
    await pause(600);
    expect(page.about(topic).at(-1)?.state.value).toBe(0);
    stand.broken = false;
    await page.until(topic, counts(1));
  });

  test('changes missed while not listening are found as soon as listening resumes', async () => {
    const page = await open();
    page.watch(topic);
    await page.until(topic);
    const listeners = sql`select pid from pg_stat_activity
      where query ilike 'listen "quoteline_changes"%' and datname = current_database()`;
    const [first] = await service.ctx.db.execute<{ pid: number }>(listeners);
    expect(first).toBeDefined();
    await service.ctx.db.execute(sql`select pg_terminate_backend(pid) from (${listeners}) as gone`);
    await stand.change();
    await page.until(topic, counts(1));
    await stand.change();
    await page.until(topic, counts(2));
  });
});

describe('readers', () => {
  test('a dead connection is noticed, and a merely quiet one is kept', async () => {
    await secondsOf(100);
    const line = await startLine(stand.url);
    const dead = await open(line);
    const quiet = await open();
    for (const page of [dead, quiet]) {
      page.watch(topic);
      await page.until(topic);
    }
    expect(stand.sockets.size).toBe(2);
    line.cut();
    // 40 s without a sign of life, looked at every 20 s.
    await expect.poll(() => stand.sockets.size, { timeout: 45_000 }).toBe(1);
    await pause(3_000);
    expect(quiet.ws.readyState).toBe(quiet.ws.OPEN);
    await line.close();
  });

  test('a stalled reader costs no memory, delays nobody and is closed', async () => {
    await secondsOf(100);
    stand.padding = 400_000;
    const stalled = await open();
    stalled.watch(topic);
    await stalled.until(topic);
    const [server] = [...stand.sockets];
    if (!server) throw new Error('no socket');
    stalled.ws.pause();
    const reader = await open();
    reader.watch(topic);
    let mostQueued = 0;
    const deadline = performance.now() + 45_000;
    // What the kernel takes (some megabytes) is filled first.
    while (stand.sockets.has(server) && performance.now() < deadline) {
      await stand.change();
      await reader.until(topic, counts(stand.value));
      mostQueued = Math.max(mostQueued, server.writableLength);
    }
    expect(stand.sockets.has(server), 'let go').toBe(false);
    expect(stand.value).toBeGreaterThan(5);
    // One snapshot and what may be unread before it.
    expect(mostQueued).toBeLessThan(400_000 + 64 * 1024 + 10_000);
  });

  test('a reader that was slow gets only the newest snapshot once it reads again', async () => {
    stand.padding = 400_000;
    const page = await open();
    page.watch(topic);
    await page.until(topic);
    page.ws.pause();
    const [server] = [...stand.sockets];
    const queued = () => server?.writableLength ?? 0;
    const changeAndRead = async () => {
      await stand.change();
      await expect.poll(() => stand.readValue).toBe(stand.value);
    };
    while (queued() < 64 * 1024) await changeAndRead();
    for (let i = 0; i < 4; i += 1) await changeAndRead();
    const last = stand.value;
    page.ws.resume();
    await page.until(topic, counts(last));
    const values = page.about(topic).map(({ state }) => state.value as number);
    expect(values).not.toContain(last - 1);
    expect(values).not.toContain(last - 2);
  });
});

describe('a storm of reconnecting pages', () => {
  test('too many reconnects at once are deferred, all get in, and the topic is read a few times only', async () => {
    // However slow the machine is, more knock in such a second than are let in.
    await secondsOf(4_000);
    const first = await open();
    first.watch(topic);
    await first.until(topic);
    const before = stand.reads;
    let [refusals, attempts] = [0, 0];
    const comeBack = async (): Promise<Page> => {
      for (let tries = 0; ; tries += 1) {
        attempts += 1;
        const opened = await knock({ url: stand.url, origin: stand.config.publicUrl, cookies: new Map() });
        if ('ws' in opened) {
          const page = pageOf(opened.ws);
          pages.push(page);
          return page;
        }
        expect(opened).toMatchObject({ status: 503, retryAfter: '5' });
        refusals += 1;
        // Full jitter, a tenth of what browsers take.
        await pause(Math.random() * Math.min(2_000, 100 * 2 ** tries));
      }
    };
    const back = await Promise.all(Array.from({ length: 900 }, comeBack));
    for (const page of back) page.watch(topic);
    await Promise.all(back.map((page) => page.until(topic)));
    expect(refusals).toBeGreaterThan(0);
    expect(attempts).toBe(900 + refusals);
    expect(stand.reads - before).toBeLessThanOrEqual(3);
  });
});
