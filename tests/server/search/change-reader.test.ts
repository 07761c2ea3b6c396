import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connect } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { ChangesForgotten, createChangeReader } from '#server/search/serving/changes.ts';
import { connectOrStart, findFreePort, type Postgres } from '../../../scripts/pg.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'quoteline-changes-'));
let options: { dataDir: string; port: number; settings: Record<string, string> };
let postgres: Postgres;
let database: ReturnType<typeof connect>;

beforeAll(async () => {
  options = { dataDir, port: await findFreePort(), settings: { fsync: 'off' } };
  postgres = await connectOrStart(options);
  await migrate(postgres.url);
  database = connect(postgres.url, { pool: 1 });
  // As a role without rights beyond its own tables.
  await database.sql.unsafe(
    'create role reader login; grant select on catalog_changes to reader; alter role quoteline set role reader',
  );
  await database.close();
  database = connect(postgres.url, { pool: 1 });
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
  rmSync(dataDir, { recursive: true });
});

test('the reader of changes ends for good when PostgreSQL has restarted', async () => {
  const changes = await createChangeReader(database.db);
  expect(await changes.read()).toEqual([]);
  await postgres.stop();
  postgres = await connectOrStart(options);
  await vi.waitFor(() => expect(changes.read()).rejects.toThrow(ChangesForgotten), 20_000);
  await expect(changes.read()).rejects.toThrow(ChangesForgotten);
  expect(await (await createChangeReader(database.db)).read()).toEqual([]);
});

test('the reader of changes ends for good when PostgreSQL has recovered from a crash of one of its processes', async () => {
  const changes = await createChangeReader(database.db);
  expect(await changes.read()).toEqual([]);
  const [crashing] = await database.sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  process.kill(crashing?.pid ?? 0, 'SIGKILL');
  await vi.waitFor(() => expect(changes.read()).rejects.toThrow(ChangesForgotten), 20_000);
});
