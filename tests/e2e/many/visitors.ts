import { Agent, request } from 'node:http';
import { expect } from 'vitest';

/** A request that was not answered with success, and when it was sent, as `performance.now()`. */
export interface Failure {
  said: string;
  sentAt: number;
}

/** People who ask all the time, each with one connection, which is used again for each request while the server allows. */
export interface Visitors {
  failed: Failure[];
  /** Waits until each visitor has been answered a few times more. */
  more(): Promise<void>;
  end(): Promise<void>;
}

/** Lets visitors ask for `asked` in turn: method, path and body. */
export function letVisit(url: string, asked: readonly (readonly [string, string, unknown?])[]): Visitors {
  const failed: Failure[] = [];
  let isOver = false;
  const counts = Array.from({ length: 6 }, () => 0);
  const visit = async (visitor: number) => {
    const { ask, end } = createVisitor(url);
    for (let round = visitor; !isOver; round += 1) {
      const [method, path, body] = asked[round % asked.length] ?? ['GET', '/'];
      const sentAt = performance.now();
      const status = await ask(method, path, body).catch((error: Error) => error.message);
      if (typeof status !== 'number' || status >= 400)
        failed.push({ said: `${method} ${path}: ${status}`, sentAt });
      counts[visitor] = (counts[visitor] ?? 0) + 1;
    }
    end();
  };
  const visits = counts.map((_, visitor) => visit(visitor));
  return {
    failed,
    async more() {
      const before = [...counts];
      await expect
        .poll(() => counts.every((count, visitor) => count > (before[visitor] ?? 0) + 4), {
          timeout: 120_000,
        })
        .toBe(true);
    },
    async end() {
      isOver = true;
      await Promise.all(visits);
    },
  };
}

function createVisitor(url: string) {
  const { host, port, origin } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let cookie = '';
  const ask = (method: string, path: string, body?: unknown) =>
    new Promise<number>((resolve, reject) => {
      const sent = request({ agent, method, path, host: '127.0.0.1', port }, (response) => {
        const [set] = response.headers['set-cookie'] ?? [];
        cookie ||= set?.split(';', 1)[0] ?? '';
        response
          .resume()
          .on('error', reject)
          .on('end', () => resolve(response.statusCode ?? 0));
      });
      sent.setHeader('host', host);
      sent.setHeader('origin', origin);
      if (cookie) sent.setHeader('cookie', cookie);
      if (body !== undefined) sent.setHeader('content-type', 'application/json');
      sent.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  return { ask, end: () => agent.destroy() };
}
