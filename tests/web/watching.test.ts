import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listeners, page, state } from './fake-page.ts';
import { FakeSocket } from './fake-socket.ts';

/** The socket of pages without SvelteKit's runtime. */
let watchTopics: typeof import('#lib/plain/watch.ts').watchTopics;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  FakeSocket.all = [];
  listeners.clear();
  page.hidden = false;
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('document', page);
  vi.stubGlobal('location', { origin: 'https://quoteline.test' });
  vi.stubGlobal('addEventListener', page.addEventListener);
  ({ watchTopics } = await import('#lib/plain/watch.ts'));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a refusal that comes before the first state of its topic is a change, once', () => {
  const changed = vi.fn();
  watchTopics(['request:1'], changed);
  FakeSocket.newest.open();
  FakeSocket.newest.says({ type: 'refused', topic: 'request:1' });
  expect(changed).toHaveBeenCalledTimes(1);
  FakeSocket.newest.says({ type: 'refused', topic: 'request:1' });
  expect(changed).toHaveBeenCalledTimes(1);
});

test('a topic that was admitted again after a refusal and is refused once more has changed again', () => {
  const changed = vi.fn();
  watchTopics(['request:1'], changed);
  FakeSocket.newest.open();
  FakeSocket.newest.says(state(1, null, 'request:1'));
  for (const times of [1, 2]) {
    FakeSocket.newest.says({ type: 'refused', topic: 'request:1' });
    expect(changed).toHaveBeenCalledTimes(times);
    FakeSocket.newest.says(state(1, null, 'request:1'));
  }
});
