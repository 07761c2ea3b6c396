import { waitAfter } from '#lib/backoff.ts';

const pingEveryMs = 20_000;
const silentMs = 30_000;
const lookEveryMs = 60_000;
const lateMs = 3_000;

type Frame =
  { type: 'state'; topic: string; version: number } | { type: 'refused'; topic: string } | { type: 'pong' };

/**
 * Calls back after each change of a topic of the service's socket (see `lib/live.svelte.ts`, which also passes on the
 * states), when it no longer admits this visitor, and while there is no socket or it doesn't admit this visitor, each
 * minute. Hidden pages rest.
 */
export function watchTopics(topics: readonly string[], changed: () => void): void {
  const versions = new Map<string, number>();
  const refused = new Set<string>();
  let socket: WebSocket | undefined;
  let attempts = 0;
  let heardAt = 0;
  let isLive = false;

  function connect(): void {
    if (socket || document.hidden || topics.length === 0) return;
    const opened = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/ws`);
    socket = opened;
    heardAt = Date.now();
    opened.onopen = () => {
      for (const topic of topics) opened.send(JSON.stringify({ type: 'watch', topic }));
    };
    opened.onmessage = ({ data }) => hear(JSON.parse(String(data)) as Frame);
    opened.onclose = () => {
      if (socket !== opened) return;
      socket = undefined;
      isLive = false;
      setTimeout(connect, waitAfter(attempts++));
    };
  }

  function hear(frame: Frame): void {
    heardAt = Date.now();
    // A link was revoked, a session has ended; perhaps before the first state came.
    if (frame.type === 'refused') {
      const isNew = versions.delete(frame.topic) || !refused.has(frame.topic);
      refused.add(frame.topic);
      isLive = versions.size > 0;
      if (isNew) changed();
    }
    if (frame.type !== 'state') return;
    attempts = 0;
    isLive = true;
    const known = versions.get(frame.topic);
    versions.set(frame.topic, frame.version);
    // The first state is what the page shows, unless it came late.
    if (known === undefined ? performance.now() > lateMs : frame.version > known) changed();
  }

  function ping(): void {
    if (socket && Date.now() - heardAt > silentMs) return socket.close();
    if (socket?.readyState === 1) socket.send('{"type":"ping"}');
  }

  // An open socket keeps a page out of the browser's back and forward cache.
  addEventListener('pagehide', () => socket?.close());
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) changed();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    if (!isLive) changed();
    connect();
  });
  setInterval(ping, pingEveryMs);
  setInterval(() => {
    if (!isLive && !document.hidden) changed();
  }, lookEveryMs);
  connect();
}
