import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { happen, listeners, page, state } from './fake-page.ts';
import { FakeSocket } from './fake-socket.ts';

type Live = typeof import('#lib/live.svelte.ts');

let live: Live;
let ApiError: typeof import('#lib/api/problem.ts').ApiError;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
  vi.resetModules();
  FakeSocket.all = [];
  listeners.clear();
  page.hidden = false;
  vi.stubGlobal('$state', (value: unknown) => value);
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('document', page);
  vi.stubGlobal('location', { origin: 'https://quoteline.test' });
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('addEventListener', page.addEventListener);
  live = await import('#lib/live.svelte.ts');
  ({ ApiError } = await import('#lib/api/problem.ts'));
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Watches product 1 and keeps what it receives. */
function watched(more: { poll?: () => Promise<unknown>; whileHidden?: boolean } = {}, topic = 'product:1') {
  const states: unknown[] = [];
  const refused: string[] = [];
  const stop = live.watch(topic, {
    onState: (value) => states.push(value),
    onRefused: (code) => refused.push(code),
    ...more,
  });
  return { states, refused, stop };
}

describe('watched topics', () => {
  test('all topics share one socket, each watched once, and the newest version wins', () => {
    const first = watched();
    const second = watched();
    const other = watched({}, 'call:7');
    expect(FakeSocket.all).toHaveLength(1);
    const socket = FakeSocket.newest;
    expect(socket.url).toBe('wss://quoteline.test/ws');
    socket.open();
    expect(socket.sent).toEqual([
      { type: 'watch', topic: 'product:1' },
      { type: 'watch', topic: 'call:7' },
    ]);
    socket.says(state(2, 'two'));
    socket.says(state(1, 'one'));
    socket.says(state(2, 'two again'));
    socket.says(state(3, 'three'));
    expect(first.states).toEqual(['two', 'three']);
    expect(second.states).toEqual(['two', 'three']);
    expect(other.states).toEqual([]);
    expect(watched().states).toEqual(['three']);
    expect(live.connection).toMatchObject({ live: true, reachable: true });
  });

  test('a topic ends with its last watcher, and the socket shortly later', () => {
    const first = watched();
    const second = watched();
    const socket = FakeSocket.newest;
    socket.open();
    first.stop();
    expect(socket.sent).toHaveLength(1);
    second.stop();
    second.stop();
    expect(socket.sent.slice(1)).toEqual([{ type: 'unwatch', topic: 'product:1' }]);
    vi.advanceTimersByTime(1_000);
    expect(socket.readyState).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(socket.readyState).toBe(3);
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
  });

  test('a refusal reaches current and later watchers, and malformed frames are ignored', () => {
    const { refused, states } = watched();
    const socket = FakeSocket.newest;
    socket.open();
    socket.onmessage?.({ data: 'no JSON' });
    socket.says(state(1, 'of another', 'product:2'));
    socket.says({ type: 'refused', topic: 'product:1', code: 'not_found' });
    expect(refused).toEqual(['not_found']);
    expect(states).toEqual([]);
    expect(watched().refused).toEqual(['not_found']);
  });
});

test('a state from the page’s own request reaches all watchers, and a later one from the socket wins', () => {
  const first = watched();
  const second = watched();
  FakeSocket.newest.open();
  FakeSocket.newest.says(state(1, 'ringing'));
  live.publish('product:1', 'hung up');
  live.publish('product:2', 'nobody watches this');
  FakeSocket.newest.says(state(2, 'ended'));
  expect(first.states).toEqual(['ringing', 'hung up', 'ended']);
  expect(second.states).toEqual(first.states);
});

test('logging in opens a new socket that keeps the known versions', () => {
  const { refused, states } = watched({}, 'call:7');
  const old = FakeSocket.newest;
  old.open();
  old.says({ type: 'refused', topic: 'call:7', code: 'not_found' });
  expect(refused).toEqual(['not_found']);
  live.reopen();
  expect(old.readyState).toBe(3);
  expect(FakeSocket.all).toHaveLength(2);
  FakeSocket.newest.open();
  expect(FakeSocket.newest.sent).toEqual([{ type: 'watch', topic: 'call:7' }]);
  FakeSocket.newest.says(state(1, 'ringing', 'call:7'));
  expect(states).toEqual(['ringing']);
  vi.advanceTimersByTime(5_000);
  expect(FakeSocket.all).toHaveLength(2);
});

describe('a lost socket', () => {
  test('a lost socket is retried with a growing delay of at most 20 s, also when it only opens', () => {
    watched();
    FakeSocket.newest.open();
    FakeSocket.newest.says(state(5, 'five'));
    const waits: number[] = [];
    for (let attempt = 0; attempt < 7; attempt++) {
      const before = FakeSocket.all.length;
      FakeSocket.newest.close(1012);
      const lostAt = Date.now();
      expect(live.connection.live).toBe(false);
      while (FakeSocket.all.length === before) vi.advanceTimersByTime(100);
      waits.push(Date.now() - lostAt);
      FakeSocket.newest.open();
      FakeSocket.newest.says({ type: 'pong' });
      expect(live.connection.live).toBe(false);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
    expect(FakeSocket.newest.sent).toEqual([{ type: 'watch', topic: 'product:1' }]);
  });

  test('a lost socket leaves the shown state, which is live again after reconnecting', () => {
    const { states } = watched();
    FakeSocket.newest.open();
    FakeSocket.newest.says(state(5, 'five'));
    FakeSocket.newest.close(1012);
    vi.advanceTimersByTime(1_000);
    FakeSocket.newest.open();
    expect(live.connection.live).toBe(false);
    FakeSocket.newest.says(state(5, 'five'));
    expect(live.connection).toMatchObject({ live: true, reachable: true });
    expect(states).toEqual(['five']);
    expect(watched().states).toEqual(['five']);
    FakeSocket.newest.says(state(6, 'six'));
    expect(states).toEqual(['five', 'six']);
  });

  test('refused topics are watched again after reconnecting', () => {
    const { states } = watched({}, 'agent');
    FakeSocket.newest.open();
    FakeSocket.newest.says(state(5, 'five', 'agent'));
    FakeSocket.newest.says({ type: 'refused', topic: 'agent', code: 'login_required' });
    live.reopen();
    FakeSocket.newest.open();
    expect(FakeSocket.newest.sent).toEqual([{ type: 'watch', topic: 'agent' }]);
    FakeSocket.newest.says(state(5, 'five again', 'agent'));
    expect(states).toEqual(['five', 'five again']);
  });

  test('reconnecting waits at least half a second, and 20 s after a flood', () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    watched();
    FakeSocket.newest.close();
    vi.advanceTimersByTime(499);
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(FakeSocket.all).toHaveLength(2);
    vi.spyOn(Math, 'random').mockReturnValue(1);
    FakeSocket.newest.close(4029);
    vi.advanceTimersByTime(19_999);
    expect(FakeSocket.all).toHaveLength(2);
  });

  test('a silently dead socket is detected by an unanswered ping', () => {
    watched();
    const socket = FakeSocket.newest;
    socket.open();
    socket.says(state(1, 'one'));
    vi.advanceTimersByTime(20_000);
    expect(socket.sent.at(-1)).toEqual({ type: 'ping' });
    socket.says({ type: 'pong' });
    vi.advanceTimersByTime(30_000);
    expect(socket.sent.filter(({ type }) => type === 'ping')).toHaveLength(2);
    vi.advanceTimersByTime(10_000);
    expect(socket.readyState).toBe(3);
    expect(live.connection.live).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(FakeSocket.all).toHaveLength(2);
  });

  test('polling starts after 5 s, every 10 s, until the socket works again', async () => {
    const poll = vi.fn(async () => `read ${poll.mock.calls.length}`);
    const { states } = watched({ poll });
    await vi.advanceTimersByTimeAsync(4_999);
    expect(poll).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(states).toEqual(['read 1', 'read 2']);
    expect(live.connection).toMatchObject({ live: false, reachable: true });
    FakeSocket.newest.open();
    FakeSocket.newest.says(state(9, 'nine'));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(states).toEqual(['read 1', 'read 2', 'nine']);
  });

  test("a poll's result older than the socket's state is dropped", async () => {
    let answer = (_: string): void => undefined;
    const { states } = watched({ poll: () => new Promise<string>((resolve) => (answer = resolve)) });
    await vi.advanceTimersByTimeAsync(5_000);
    FakeSocket.newest.open();
    FakeSocket.newest.says(state(1, 'new'));
    answer('old');
    await vi.advanceTimersByTimeAsync(0);
    expect(states).toEqual(['new']);
  });

  test('the page shows as unreachable while neither socket nor polling works', async () => {
    const problem = { type: '', title: '', status: 503, code: 'unreachable', detail: '' };
    const poll = vi.fn(async (): Promise<unknown> => Promise.reject(new ApiError(problem)));
    watched({ poll });
    FakeSocket.newest.close();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(live.connection.reachable).toBe(false);
    poll.mockRejectedValueOnce(new ApiError({ ...problem, status: 500, code: 'internal' }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(live.connection.reachable).toBe(true);
    happen('offline');
    expect(live.connection.reachable).toBe(false);
    FakeSocket.newest.open();
    FakeSocket.newest.says(state(1, 'one'));
    expect(live.connection.reachable).toBe(true);
  });
});

describe('a page in the background', () => {
  const hide = (hidden: boolean) => {
    page.hidden = hidden;
    happen('visibilitychange');
  };

  test('a hidden page closes its socket after five minutes and reopens it when shown', () => {
    watched();
    FakeSocket.newest.answersPings = true;
    FakeSocket.newest.open();
    hide(true);
    vi.advanceTimersByTime(60_000);
    hide(false);
    hide(true);
    vi.advanceTimersByTime(299_000);
    expect(FakeSocket.newest.readyState).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(FakeSocket.newest.readyState).toBe(3);
    vi.advanceTimersByTime(600_000);
    expect(FakeSocket.all).toHaveLength(1);
    hide(false);
    expect(FakeSocket.all).toHaveLength(2);
  });

  test('a hidden page keeps its socket during a call', () => {
    watched({ whileHidden: true });
    FakeSocket.newest.answersPings = true;
    FakeSocket.newest.open();
    hide(true);
    vi.advanceTimersByTime(600_000);
    expect(FakeSocket.newest.readyState).toBe(1);
  });

  test('a page closes its socket when left and reopens it when restored from the cache', () => {
    watched();
    FakeSocket.newest.open();
    happen('pagehide');
    expect(FakeSocket.newest.readyState).toBe(3);
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
    happen('pageshow', { persisted: true });
    expect(FakeSocket.all).toHaveLength(2);
  });
});
