import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be broken: closed refuses connections, silent takes them and passes nothing on. */
export interface TcpProxy {
  /** The server's URL with the host and port of this way. */
  url: string;
  open(): Promise<void>;
  close(): Promise<void>;
  silence(): void;
}

/** `onQuestion` is called with what clients send, before it is passed on, and may reset their connection. */
export async function proxyTo(
  target: string,
  onQuestion: (question: Buffer, reset: () => void) => void = () => {},
): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((client) => {
    const behind = connect(Number(port), hostname);
    client.on('data', (question) => onQuestion(question, () => client.resetAndDestroy()));
    for (const [socket, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      sockets.add(socket);
      socket
        .on('data', (data) => isSilent || other.write(data))
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(socket);
          other.destroy();
        });
    }
  });
  const listen = async (at: number) => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  const url = new URL(target);
  url.host = `127.0.0.1:${own}`;
  return {
    url: url.href,
    close,
    async open() {
      if (isSilent) await close();
      isSilent = false;
      if (!server.listening) await listen(own);
    },
    silence: () => (isSilent = true),
  };
}
