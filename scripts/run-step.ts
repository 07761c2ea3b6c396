import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** A tool of node_modules/.bin and its arguments. */
export type Step = { name: string; command: [tool: string, ...args: string[]] };

/** Runs a step, prints a line with its time, and its output if it failed. Returns whether it succeeded. */
export async function runStep({ name, command: [tool, ...args] }: Step): Promise<boolean> {
  const startedAt = performance.now();
  const child = spawn(join(root, 'node_modules/.bin', tool), args, {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endTogether = () => child.kill();
  process.once('exit', endTogether);
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | Error | null>((resolve) =>
    child.once('error', resolve).once('close', resolve),
  );
  process.off('exit', endTogether);
  const time = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`.padStart(7);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${time}  ${name}`);
  if (code !== 0)
    console.log(code instanceof Error ? code.message : Buffer.concat(output).toString().trimEnd());
  return code === 0;
}
