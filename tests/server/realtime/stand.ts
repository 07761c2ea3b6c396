import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { createHttp } from '#server/platform/http.ts';
import { announce } from '#server/platform/realtime.ts';
import type { Topic } from '#server/platform/realtime/connection.ts';
import { serveSockets } from '#server/platform/sockets.ts';
import type { TestService } from '../../harness.ts';

/** Sockets on a port of their own, with topics `count:<name>` that a test changes. */
export interface Stand {
  url: string;
  config: TestService['config'];
  /** How often the topic was read. */
  reads: number;
  /** Each snapshot is at least this long, characters. */
  padding: number;
  /** How long a reading takes, milliseconds. */
  readingMs: number;
  /** While it is set, nothing can be read. */
  broken: boolean;
  value: number;
  /** The value as it was last read. */
  readValue: number;
  /** The counter goes up; `tell: false`: nobody is told. */
  change(options?: { tell?: boolean }): Promise<void>;
  /** Server side sockets that are open now. */
  sockets: Set<Socket>;
  close(): Promise<void>;
}

export async function startStand(
  service: TestService,
  options: { secondMs?: number; socketsPerAddress?: number } = {},
): Promise<Stand> {
  const app = await createHttp({ logLevel: 'silent' });
  const { ctx } = service;
  const { socketsPerAddress = 10_000 } = options;
  const config = { ...service.config, limits: { ...service.config.limits, socketsPerAddress } };
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const stand: Stand = {
    ...{
      url: '',
      config,
      reads: 0,
      padding: 0,
      readingMs: 0,
      broken: false,
      value: 0,
      readValue: 0,
      sockets,
    },
    async change({ tell = true } = {}) {
      stand.value += 1;
      if (tell) await announce(ctx.db, ['count:all']);
    },
    close: () => app.close(),
  };
  const find = async (topic: string): Promise<Topic | 'not_found'> => {
    if (!topic.startsWith('count:')) return 'not_found';
    return {
      ...{ key: topic, topic },
      async load() {
        stand.reads += 1;
        const { value } = stand;
        if (stand.broken) throw new Error('not now');
        if (stand.readingMs > 0) await new Promise((resolve) => setTimeout(resolve, stand.readingMs));
        stand.readValue = value;
        return { state: { value, padding: 'x'.repeat(stand.padding) }, dependsOn: ['count:all'] };
      },
    };
  };
  await serveSockets(app, { ...ctx, config }, find, options.secondMs);
  await app.listen({ port: 0, host: '127.0.0.1' });
  stand.url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return stand;
}

/** Returns a line to a service that can go dead: nothing passes any more, and neither end is told. */
export async function startLine(to: string) {
  const target = new URL(to);
  const ends: Socket[] = [];
  let dead = false;
  const server = net.createServer((near) => {
    const far = net.connect(Number(target.port), target.hostname);
    ends.push(near, far);
    near.on('data', (data) => !dead && far.write(data));
    far.on('data', (data) => !dead && near.write(data));
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      dead = true;
    },
    async close() {
      for (const end of ends) end.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
