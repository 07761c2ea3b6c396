import { type ChildProcess, fork } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectOrStart } from '../../scripts/pg.ts';
import { isAlive } from '../../scripts/pg/processes.ts';

let folder: string;
let dataDir: string;
const others: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quoteline-pg-'));
  // Only the owner may enter, as under root's home.
  chmodSync(folder, 0o700);
  dataDir = join(folder, 'data');
});

afterEach(async () => {
  for (const other of others.splice(0)) other.kill('SIGKILL');
  const leftover = await connectOrStart({ dataDir });
  await leftover.stop();
  rmSync(folder, { recursive: true });
});

test('two processes share one server, which stops with the last of them', async () => {
  const [first, second] = await Promise.all([connectOrStart({ dataDir }), connectOrStart({ dataDir })]);
  expect(second.url).toBe(first.url);
  expect(second.pid).toBe(first.pid);

  await first.stop();
  expect(await count(second.url)).toBe(1);
  await second.stop();
  expect(isAlive(first.pid)).toBe(false);
});

test('the starting process may be killed while another continues', async () => {
  const starter = await otherUser();
  const server = await connectOrStart({ dataDir });
  expect(server.pid).toBe(starter.pid);
  starter.process.kill('SIGKILL');
  await pause(300);
  expect(await count(server.url)).toBe(1);
  await server.stop();
  expect(isAlive(server.pid)).toBe(false);
});

test('the server stops by itself when its only process is killed', async () => {
  const { process, pid } = await otherUser();
  process.kill('SIGKILL');
  await ended(pid);
});

test('committed data survives a crash of the server', async () => {
  const before = await connectOrStart({ dataDir });
  const sql = postgres(before.url, { max: 1, onnotice: () => {} });
  await sql`create table kept as select 42 as answer`;
  await sql.end();
  globalThis.process.kill(before.pid, 'SIGKILL');
  await before.ended;

  const after = await connectOrStart({ dataDir });
  expect(after.pid).not.toBe(before.pid);
  const again = postgres(after.url, { max: 1 });
  expect(await again`select answer from kept`).toEqual([{ answer: 42 }]);
  await again.end();
  await after.stop();
});

test('the next start works after everything was killed at once', async () => {
  const { process, pid } = await otherUser();
  process.kill('SIGKILL');
  globalThis.process.kill(pid, 'SIGKILL');
  const next = await connectOrStart({ dataDir });
  expect(await count(next.url)).toBe(1);
  await next.stop();
});

test("another user of the machine can't connect without the password", async () => {
  const server = await connectOrStart({ dataDir });
  const url = new URL(server.url);
  url.password = 'guess';
  const sql = postgres(url.href, { max: 1 });
  await expect(sql`select 1`).rejects.toMatchObject({ code: '28P01' });
  await sql.end();
  await server.stop();
});

async function otherUser(): Promise<{ process: ChildProcess; pid: number }> {
  const child = fork(join(import.meta.dirname, 'pg-user.ts'), [dataDir]);
  others.push(child);
  const { pid } = await new Promise<{ pid: number }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { pid: number }));
    child.once('exit', () => reject(new Error('the other user could not start')));
  });
  return { process: child, pid };
}

async function count(url: string): Promise<number> {
  const sql = postgres(url, { max: 1 });
  const rows = await sql`select 1`;
  await sql.end();
  return rows.length;
}

async function ended(pid: number): Promise<void> {
  await expect.poll(() => isAlive(pid), { timeout: 40_000 }).toBe(false);
}
