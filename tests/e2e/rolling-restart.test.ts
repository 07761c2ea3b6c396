import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { connect } from '#db/client.ts';
import { findFreePort } from '../../scripts/pg.ts';
import { cloneTemplate } from '../harness.ts';
import { type MailSink, startMailSink } from '../mail-sink.ts';
import { createWorld, type World } from '../world.ts';
import { balance, type Balancer } from '../../scripts/crash/balancer.ts';
import { serve, stop } from './site.ts';

/** Two processes of the service behind a balancer, as in production. */
let database: Awaited<ReturnType<typeof cloneTemplate>>;
let mail: MailSink;
let world: World;
let balancer: Balancer;
let publicUrl: string;
const ports: number[] = [];
const processes: ChildProcess[] = [];

const start = (port: number) =>
  serve(
    'serve',
    {
      ...process.env,
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      DATABASE_URL: database.url,
      SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
      MAIL_FROM: 'Quoteline <quoteline@quoteline.example>',
      SECRET_KEY: 'a key for tests only, of more than 32 bytes',
      LOG_LEVEL: 'warn',
      DRAIN_SECONDS: '3',
    },
    `http://127.0.0.1:${port}`,
  );

beforeAll(async () => {
  database = await cloneTemplate();
  mail = await startMailSink();
  const filler = connect(database.url);
  world = await createWorld(filler.db);
  await filler.close();
  ports.push(await findFreePort(), await findFreePort());
  balancer = await balance(ports);
  publicUrl = `http://localhost:${balancer.port}`;
  for (const port of ports) processes.push(await start(port));
});
afterAll(async () => {
  await balancer.end();
  for (const process of processes) await stop(process, 'SIGKILL');
  await mail.close();
  await database.drop();
});

/** A visitor with one connection, which is used again for each request while the server allows. */
function createVisitor() {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let cookie = '';
  const ask = (method: string, path: string, body?: unknown) =>
    new Promise<number>((resolve, reject) => {
      const sent = request({ agent, method, path, host: '127.0.0.1', port: balancer.port }, (response) => {
        const [set] = response.headers['set-cookie'] ?? [];
        cookie ||= set?.split(';', 1)[0] ?? '';
        response
          .resume()
          .on('error', reject)
          .on('end', () => resolve(response.statusCode ?? 0));
      });
      sent.setHeader('host', new URL(publicUrl).host);
      sent.setHeader('origin', publicUrl);
      if (cookie) sent.setHeader('cookie', cookie);
      if (body !== undefined) sent.setHeader('content-type', 'application/json');
      sent.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  return { ask, end: () => agent.destroy() };
}

test('no request fails while two processes are replaced one after the other', async () => {
  const line = { productId: world.products.sensor, quantity: 1 };
  const asked = [
    ['GET', '/'],
    ['GET', '/api/products?q=sensor'],
    ['POST', '/api/solutions/current/lines', line],
    ['GET', '/search?q=sensor'],
    ['GET', '/api/solutions/current'],
    ['GET', '/solution'],
  ] as const;
  const failed: string[] = [];
  let isOver = false;
  const counts = Array.from({ length: 6 }, () => 0);
  const visit = async (visitor: number) => {
    const { ask, end } = createVisitor();
    for (let round = visitor; !isOver; round += 1) {
      const [method, path, body] = asked[round % asked.length] ?? asked[0];
      const status = await ask(method, path, body).catch((error: Error) => error.message);
      if (typeof status !== 'number' || status >= 400) failed.push(`${method} ${path}: ${status}`);
      counts[visitor] = (counts[visitor] ?? 0) + 1;
    }
    end();
  };
  const visits = counts.map((_, visitor) => visit(visitor));
  /** Waits until each visitor has been answered a few times more. */
  const more = async () => {
    const before = [...counts];
    await expect.poll(() => counts.every((count, visitor) => count > (before[visitor] ?? 0) + 4)).toBe(true);
  };

  await more();
  const exits: unknown[] = [];
  for (const [place, port] of ports.entries()) {
    const old = processes[place]!;
    const page = new WebSocket(`ws://127.0.0.1:${port}/ws`, {
      origin: publicUrl,
      headers: { host: `localhost:${balancer.port}` },
    });
    await once(page, 'open');
    const closed = once(page, 'close');
    const ended = once(old, 'exit');
    old.kill('SIGTERM');
    // Before the port closes, a balancer is told to choose another.
    await expect.poll(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(503);
    exits.push((await ended)[0], (await closed)[0]);
    await more();
    processes[place] = await start(port);
    await more();
  }
  isOver = true;
  await Promise.all(visits);
  expect(failed).toEqual([]);
  // Each ended by itself, and told its pages to reconnect.
  expect(exits).toEqual([0, 1012, 0, 1012]);
});
