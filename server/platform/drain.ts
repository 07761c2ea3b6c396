import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Ends a server without failing a request. */
export interface Drain {
  hasBegun(): boolean;
  /** From now on /readyz is 503, and each answer closes its connection. Resolves after `seconds`. */
  begin(seconds: number): Promise<void>;
  /** Takes no new connections, then waits for running requests, at most `longestRequestMs`. */
  finish(): Promise<void>;
}

/** Browsers open a stream of events again. */
const isEndless = (response: ServerResponse): boolean =>
  response.getHeader('content-type') === 'text/event-stream';

const longestRequestMs = 10_000;

/** Watches the requests of the server, those of pages too. */
export function createDrain(server: Server): Drain {
  const running = new Set<ServerResponse>();
  let hasBegun = false;
  let onAllEnded = () => {};

  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    // Node then sends `Connection: close`.
    if (hasBegun) response.shouldKeepAlive = false;
    running.add(response);
    response.once('close', () => {
      running.delete(response);
      if (running.size === 0) onAllEnded();
    });
  });

  const begin = () => {
    hasBegun = true;
    for (const response of running) if (!response.headersSent) response.shouldKeepAlive = false;
  };
  return {
    hasBegun: () => hasBegun,
    async begin(seconds) {
      begin();
      await sleep(seconds * 1_000);
    },
    async finish() {
      begin();
      if (!server.listening) return;
      server.close();
      for (const response of running) if (isEndless(response)) response.end();
      if (running.size === 0) return;
      const allEnded = new Promise<void>((resolve) => (onAllEnded = resolve));
      const enough = new AbortController();
      await Promise.race([
        allEnded,
        sleep(longestRequestMs, undefined, { signal: enough.signal }).catch(() => {}),
      ]);
      enough.abort();
      server.closeAllConnections();
    },
  };
}
