import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { createHttp } from '#server/platform/http.ts';
import { announce } from '#server/platform/realtime.ts';
import type { Topic } from '#server/platform/realtime/connection.ts';
import { serveSockets } from '#server/platform/sockets.ts';
import type { TestService } from '../../harness.ts';

/** A socket server with topics `count:<name>` that a test changes. */
export interface SocketSetup {
  url: string;
  config: TestService['config'];
  /** How often topics were read. */
  reads: number;
  /** The least length of a snapshot, characters. */
  padding: number;
  /** How long reading a topic takes, milliseconds. */
  readingMs: number;
  /** Whether reading a topic fails. */
  broken: boolean;
  value: number;
  /** The value that was read last. */
  readValue: number;
  /** Raises the value and announces the change. */
  change(): Promise<void>;
  /** The open sockets of the server. */
  sockets: Set<Socket>;
  close(): Promise<void>;
}

export async function setUpSockets(
  service: TestService,
  options: { secondMs?: number; socketsPerAddress?: number } = {},
): Promise<SocketSetup> {
  const app = await createHttp({ logLevel: 'silent' });
  const { ctx } = service;
  const { socketsPerAddress = 10_000 } = options;
  const config = { ...service.config, limits: { ...service.config.limits, socketsPerAddress } };
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const setup: SocketSetup = {
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
    async change() {
      setup.value += 1;
      await announce(ctx.db, ['count:all']);
    },
    close: () => app.close(),
  };
  const find = async (topic: string): Promise<Topic | 'not_found'> => {
    if (!topic.startsWith('count:')) return 'not_found';
    return {
      ...{ key: topic, topic },
      async load() {
        setup.reads += 1;
        const { value } = setup;
        if (setup.broken) throw new Error('not now');
        if (setup.readingMs > 0) await new Promise((resolve) => setTimeout(resolve, setup.readingMs));
        setup.readValue = value;
        return { state: { value, padding: 'x'.repeat(setup.padding) }, dependsOn: ['count:all'] };
      },
    };
  };
  await serveSockets(app, { ...ctx, config }, find, options.secondMs);
  await app.listen({ port: 0, host: '127.0.0.1' });
  setup.url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return setup;
}

/** Starts a proxy to a service; `cut` makes it drop all data without closing either end. */
export async function startProxy(to: string) {
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
