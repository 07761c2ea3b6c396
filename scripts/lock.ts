import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { PlainError } from './plain-error.ts';

/**
 * Runs `work` while no other process on this machine runs work of the same `name`. Throws after waiting `timeoutMs`.
 * The lock is an abstract Unix socket, which the kernel releases even after a kill -9.
 */
export async function withLock<T>(name: string, work: () => Promise<T>, timeoutMs = 120_000): Promise<T> {
  const address = `\0quoteline-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
  const giveUpAt = Date.now() + timeoutMs;
  let lock = await tryToListen(address);
  while (!lock) {
    if (Date.now() > giveUpAt)
      throw new PlainError(`Another Quoteline command has been busy with ${name} for too long.`);
    await pause(50);
    lock = await tryToListen(address);
  }
  try {
    return await work();
  } finally {
    lock.close();
  }
}

function tryToListen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(address, () => resolve(server.unref()));
  });
}
