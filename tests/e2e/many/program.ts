import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../../../scripts/programs.ts';

/** Starts a program that listens on a port, with a configuration file. Returns its end. */
export async function startProgram({
  name,
  config,
  args,
  port,
}: {
  name: string;
  config: string;
  args: (file: string) => string[];
  port: number;
}): Promise<() => Promise<void>> {
  const path = findProgram(name);
  if (!path) throw new Error(`${name} is not installed`);
  const folder = mkdtempSync(join(tmpdir(), `quoteline-${name}-`));
  const file = join(folder, `${name}.conf`);
  // Readable by the user that it changes to.
  writeFileSync(file, config);
  const said: string[] = [];
  const child = spawn(path, args(file), { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  }
  await untilListening(child, port).catch((error: Error) => {
    child.kill('SIGKILL');
    throw new Error(`${name}: ${error.message}\n${said.join('')}`);
  });
  return async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
}

async function untilListening(child: ChildProcess, port: number): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}`);
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
