import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** A tool of node_modules/.bin and its arguments. */
export type Step = { name: string; command: [tool: string, ...args: string[]] };

/** Runs a step, prints one line with its time (and all it said when it failed); true when it succeeded. */
export async function runStep({ name, command: [tool, ...args] }: Step): Promise<boolean> {
  const startedAt = performance.now();
  const child = spawn(join(root, 'node_modules/.bin', tool), args, {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endTogether = () => child.kill();
  process.once('exit', endTogether);
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const code = await new Promise<number | Error | null>((resolve) =>
    child.once('error', resolve).once('close', resolve),
  );
  process.off('exit', endTogether);
  const time = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`.padStart(7);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${time}  ${name}`);
  if (code !== 0)
    console.log(code instanceof Error ? code.message : Buffer.concat(said).toString().trimEnd());
  return code === 0;
}
