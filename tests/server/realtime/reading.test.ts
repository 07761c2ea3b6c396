import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { start, type TestService } from '../../harness.ts';
import { tryToOpen, openPage, type Page, pageOf } from './page.ts';
import { setUpSockets, type SocketSetup, startProxy } from './socket-setup.ts';

let service: TestService;
let setup: SocketSetup;
const pages: Page[] = [];
const topic = 'count:one';

beforeAll(async () => {
  service = await start();
});
afterAll(() => service.end());
beforeEach(async () => {
  setup = await setUpSockets(service);
  await untilListening();
});
afterEach(async () => {
  for (const page of pages.splice(0)) page.ws.terminate();
  await setup.close();
});

async function open(at: { url: string } = setup): Promise<Page> {
  const page = await openPage({ url: at.url, config: setup.config });
  pages.push(page);
  return page;
}
const openMany = (count: number) => Promise.all(Array.from({ length: count }, () => open()));
const counts = (value: number) => (frame: { state?: { value: number } }) => frame.state?.value === value;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function restartWithSecondsOf(secondMs: number): Promise<void> {
  await setup.close();
  setup = await setUpSockets(service, { secondMs });
  await untilListening();
}

/** Waits until notifications arrive, as watched topics are read once more when that begins. */
async function untilListening(): Promise<void> {
  const page = await open();
  page.watch('count:before');
  await page.until('count:before');
  await setup.change();
  await page.until('count:before', counts(1));
  await leave(page);
  Object.assign(setup, { value: 0, readValue: 0, reads: 0 });
}

/** Closes a page and waits until the service has noticed. */
async function leave(page: Page): Promise<void> {
  const open = setup.sockets.size;
  page.ws.terminate();
  await expect.poll(() => setup.sockets.size).toBe(open - 1);
}

describe('snapshots', () => {
  test('one read serves all watchers, at first and after a change', async () => {
    const many = await openMany(50);
    for (const page of many) page.watch(topic);
    await Promise.all(many.map((page) => page.until(topic)));
    expect(setup.reads).toBe(1);
    await setup.change();
    await Promise.all(many.map((page) => page.until(topic, counts(1))));
    expect(setup.reads).toBe(2);
  });

  test('a page that missed frames gets one snapshot with the newest state', async () => {
    const page = await open();
    page.watch(topic);
    await page.until(topic);
    await leave(page);
    for (let i = 0; i < 5; i += 1) await setup.change();
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
    // Another process may have sent this version meanwhile.
    const known = version + 1_000;
    second.watch(topic, known);
    expect((await second.until(topic)).version).toBeGreaterThan(known);
    await setup.change();
    await first.until(topic, counts(1));
    const versions = first.about(topic).map((frame) => frame.version ?? 0);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });

  test('a watcher with the newest version gets only changes, one with an older or none the snapshot', async () => {
    const [first, knowing, older, without] = await openMany(4);
    if (!first || !knowing || !older || !without) throw new Error('no pages');
    first.watch(topic);
    await first.until(topic);
    // The topic is read once more when listening begins, and not after that.
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
    await setup.change();
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
    const { reads } = setup;
    expect(reads).toBeLessThanOrEqual(4);
    await pause(1_000);
    expect(setup.reads).toBe(reads);
    expect(liar.about(topic)).toEqual([]);
    await setup.change();
    await liar.until(topic, counts(1));
  });

  test('a change during a read is not lost, even before its dependencies are known', async () => {
    setup.readingMs = 300;
    const page = await open();
    page.watch(topic);
    await expect.poll(() => setup.reads).toBeGreaterThan(0);
    await pause(50);
    await setup.change();
    await page.until(topic, counts(1));
  });

  test('200 watchers of a flapping topic get at most four snapshots a second, and the last state', async () => {
    const many = await openMany(200);
    for (const page of many) page.watch(topic);
    await Promise.all(many.map((page) => page.until(topic)));
    const [sentBefore, readBefore] = [many[0]?.frames.length ?? 0, setup.reads];
    const began = performance.now();
    for (let i = 0; i < 100; i += 1) {
      await setup.change();
      await pause(15);
    }
    const last = setup.value;
    await Promise.all(many.map((page) => page.until(topic, counts(last))));
    const most = Math.ceil((performance.now() - began) / 250) + 1;
    expect(setup.reads - readBefore).toBeLessThanOrEqual(most);
    for (const page of many) expect(page.frames.length - sentBefore).toBeLessThanOrEqual(most);
  });

  test('a failed read is retried, and watchers keep what they have', async () => {
    const page = await open();
    page.watch(topic);
    await page.until(topic);
    setup.broken = true;
    await setup.change();
    await pause(600);
    expect(page.about(topic).at(-1)?.state.value).toBe(0);
    setup.broken = false;
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
    await setup.change();
    await page.until(topic, counts(1));
    await setup.change();
    await page.until(topic, counts(2));
  });
});

describe('readers', () => {
  test('a dead connection is noticed, and a merely quiet one is kept', async () => {
    await restartWithSecondsOf(50);
    const proxy = await startProxy(setup.url);
    const dead = await open(proxy);
    const quiet = await open();
    for (const page of [dead, quiet]) {
      page.watch(topic);
      await page.until(topic);
    }
    expect(setup.sockets.size).toBe(2);
    proxy.cut();
    // After 40 s without a sign of life, checked every 20 s.
    await expect.poll(() => setup.sockets.size, { timeout: 45_000 }).toBe(1);
    // Half a minute more.
    await pause(30 * 50);
    expect(quiet.ws.readyState).toBe(quiet.ws.OPEN);
    await proxy.close();
  });

  test('a stalled reader queues one snapshot at most, delays nobody and is closed', async () => {
    await restartWithSecondsOf(100);
    setup.padding = 400_000;
    const stalled = await open();
    stalled.watch(topic);
    await stalled.until(topic);
    const [server] = [...setup.sockets];
    if (!server) throw new Error('no socket');
    stalled.ws.pause();
    const reader = await open();
    reader.watch(topic);
    let mostQueued = 0;
    const deadline = performance.now() + 45_000;
    // The kernel's buffers (some megabytes) are filled first.
    while (setup.sockets.has(server) && performance.now() < deadline) {
      await setup.change();
      await reader.until(topic, counts(setup.value));
      mostQueued = Math.max(mostQueued, server.writableLength);
    }
    expect(setup.sockets.has(server), 'the stalled socket is open').toBe(false);
    expect(setup.value).toBeGreaterThan(5);
    // One snapshot and the bytes that may be unread before it.
    expect(mostQueued).toBeLessThan(400_000 + 64 * 1024 + 10_000);
  });

  test('a reader that was slow gets only the newest snapshot once it reads again', async () => {
    setup.padding = 400_000;
    const page = await open();
    page.watch(topic);
    await page.until(topic);
    page.ws.pause();
    const [server] = [...setup.sockets];
    const queued = () => server?.writableLength ?? 0;
    const changeAndRead = async () => {
      await setup.change();
      await expect.poll(() => setup.readValue).toBe(setup.value);
    };
    while (queued() < 64 * 1024) await changeAndRead();
    for (let i = 0; i < 4; i += 1) await changeAndRead();
    const last = setup.value;
    page.ws.resume();
    await page.until(topic, counts(last));
    const values = page.about(topic).map(({ state }) => state.value as number);
    expect(values).not.toContain(last - 1);
    expect(values).not.toContain(last - 2);
  });
});

describe('a storm of reconnecting pages', () => {
  test('too many reconnects at once are deferred, all succeed in the end, and the topic is read a few times only', async () => {
    // A second this long has more attempts than are admitted, however slow the machine is.
    await restartWithSecondsOf(4_000);
    const first = await open();
    first.watch(topic);
    await first.until(topic);
    const before = setup.reads;
    let [refusals, attempts] = [0, 0];
    const comeBack = async (): Promise<Page> => {
      for (let tries = 0; ; tries += 1) {
        attempts += 1;
        const opened = await tryToOpen({
          url: setup.url,
          origin: setup.config.publicUrl,
          cookies: new Map(),
        });
        if ('ws' in opened) {
          const page = pageOf(opened.ws);
          pages.push(page);
          return page;
        }
        expect(opened).toMatchObject({ status: 503, retryAfter: '5' });
        refusals += 1;
        // Full jitter, at a tenth of the browsers' delays.
        await pause(Math.random() * Math.min(2_000, 100 * 2 ** tries));
      }
    };
    const back = await Promise.all(Array.from({ length: 900 }, comeBack));
    for (const page of back) page.watch(topic);
    await Promise.all(back.map((page) => page.until(topic)));
    expect(refusals).toBeGreaterThan(0);
    expect(attempts).toBe(900 + refusals);
    expect(setup.reads - before).toBeLessThanOrEqual(3);
  });
});
