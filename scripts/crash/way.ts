import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Reads what passes in both directions of a connection. Returns what to pass on; what follows waits for a promise. */
export interface Filter {
  toServer: (chunk: Buffer) => Buffer | Promise<Buffer>;
  toClient: (chunk: Buffer) => Buffer;
  /** Whether dropping the connection interrupts nothing. */
  isIdle?: () => boolean;
}

/** A TCP way to a server on loopback, whose connections are read, and stopped where a filter passes nothing on. */
export interface Way {
  port: number;
  /** Cuts the connections whose loss interrupts nothing. */
  dropIdle(): void;
}

/** `answer`: sends to the client in the server's place. */
export type CreateFilter = (answer: (text: string) => void) => Filter;

export async function openWay(targetPort: number, createFilter: CreateFilter): Promise<Way> {
  const links = new Map<Socket, Filter>();
  const server = createServer({ noDelay: true }, (client) => {
    const behind = connect({ port: targetPort, host: '127.0.0.1', noDelay: true });
    const filter = createFilter((text) => client.write(text));
    links.set(client, filter);
    const pass = (from: Socket, to: Socket, read: Filter['toServer']) => {
      const write = (passed: Buffer) => void (passed.length > 0 && to.writable && to.write(passed));
      from
        .on('data', (chunk: Buffer) => {
          const passed = read(chunk);
          if (Buffer.isBuffer(passed)) return write(passed);
          from.pause();
          void passed.then((later) => {
            write(later);
            from.resume();
          });
        })
        .on('error', () => {})
        .on('close', () => {
          links.delete(client);
          to.destroy();
        });
    };
    pass(client, behind, filter.toServer);
    pass(behind, client, filter.toClient);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    dropIdle() {
      for (const [client, filter] of links) if (filter.isIdle?.()) client.destroy();
    },
  };
}
