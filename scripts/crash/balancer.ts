import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP balancer that sends new connections to the processes whose /readyz is 200. */
export interface Balancer {
  port: number;
  end(): Promise<void>;
}

const checkEveryMs = 100;

export async function balance(ports: readonly number[]): Promise<Balancer> {
  const ready = new Set<number>();
  const sockets = new Set<Socket>();
  let turn = 0;
  let isOver = false;

  const check = async (port: number) => {
    while (!isOver) {
      const headers = { connection: 'close' };
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { headers }).catch(() => null);
      if (answer?.ok) ready.add(port);
      else ready.delete(port);
      await answer?.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, checkEveryMs));
    }
  };
  const checking = ports.map(check);

  const reach = async (): Promise<Socket | undefined> => {
    const candidates = [...ready];
    for (let tried = 0; tried < candidates.length; tried += 1) {
      turn += 1;
      const behind = connect(candidates[turn % candidates.length] ?? 0, '127.0.0.1');
      const isConnected = await once(behind, 'connect').then(
        () => true,
        () => false,
      );
      if (isConnected) return behind;
    }
    return undefined;
  };
  const bring = async (client: Socket) => {
    client.pause();
    client.on('error', () => {});
    const behind = await reach();
    if (!behind) return void client.destroy();
    for (const [from, to] of [
      [client, behind],
      [behind, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy()).on('close', () => sockets.delete(from));
      from.pipe(to);
    }
    client.resume();
  };
  const server = createServer((client) => void bring(client));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async end() {
      isOver = true;
      await Promise.all(checking);
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
