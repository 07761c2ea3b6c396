import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { importCatalog } from '#server/catalog/import/service.ts';
import { followMergedProducts } from '#server/solutions/service.ts';
import { start, type TestService } from '../../harness.ts';
import { aRecord, writeCatalog } from './catalog-files.ts';

const root = join(import.meta.dirname, '../../..');
const rows = 6_000;

let service: TestService;
let catalog: ReturnType<typeof writeCatalog>;

// Every third product is sold by two vendors whose records are far apart in the file.
const record = (vendor: string, number: number) =>
  aRecord({ vendor, sku: `${vendor}-${number}`, name: `Part number ${number}`, product: `part-${number}` });

beforeAll(() => {
  catalog = writeCatalog({
    vendors: ['north,North', 'south,South'],
    products: [
      ...Array.from({ length: (rows * 3) / 4 }, (_, number) => record('north', number)),
      ...Array.from({ length: rows / 4 }, (_, number) => record('south', number * 3)),
    ],
  });
});
afterAll(() => catalog.remove());
beforeEach(async () => {
  service = await start();
});
afterEach(() => service.end());

async function counts() {
  const [row] = await service.ctx.sql`
    select (select count(*) from offers)::int as offers, (select count(*) from products)::int as products,
      (select count(*) from product_codes)::int as codes,
      (select count(*) from products p where not exists (select from offers o where o.product_id = p.id)
        or not exists (select from product_codes c where c.product_id = p.id)
        or (select count(*) from offers o where o.product_id = p.id)
          <> (length(search_text) - length(replace(search_text, 'north-', '')) + length(search_text)
            - length(replace(search_text, 'south-', ''))) / 6)::int as torn`;
  return { ...row };
}
const whole = { offers: rows, products: (rows * 3) / 4, codes: rows, torn: 0 };

function importProcess(): ChildProcess {
  return spawn(
    process.execPath,
    ['--import', './scripts/loading.ts', 'scripts/import.ts', 'catalog', catalog.directory],
    {
      cwd: root,
      env: { ...process.env, DATABASE_URL: service.config.databaseUrl },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
}

async function untilEnded(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said };
}

/** Makes imports wait halfway through their offers; `reached` waits until one does. */
async function setBarrier() {
  const { sql } = service.ctx;
  const holder = await sql.reserve();
  await holder`select pg_advisory_lock(7)`;
  await sql`
    create function wait_in_the_middle() returns trigger language plpgsql as $$ begin
      if (select count(*) from offers) > ${sql.unsafe(String(rows / 2))} then perform pg_advisory_xact_lock_shared(7); end if;
      return null;
    end $$`;
  await sql`create trigger wait_in_the_middle after insert on offers
    for each statement execute function wait_in_the_middle()`;
  return {
    reached: () =>
      expect
        .poll(() => sql`select 1 from pg_locks where locktype = 'advisory' and objid = 7 and not granted`)
        .toHaveLength(1),
    async lift() {
      await holder`select pg_advisory_unlock(7)`;
      holder.release();
      await sql`drop function wait_in_the_middle cascade`;
    },
  };
}

test('a killed import leaves whole products, and the next import completes it', async () => {
  const middle = await setBarrier();
  const killed = importProcess();
  const end = untilEnded(killed);
  await middle.reached();
  killed.kill('SIGKILL');
  await end;
  await middle.lift();
  const left = await counts();
  expect(left['offers']).toBeGreaterThan(0);
  expect(left['offers']).toBeLessThan(rows);
  expect(left['torn']).toBe(0);

  const { code, said } = await untilEnded(importProcess());
  expect(said).toMatch(/6,000 rows in .* 0 updated, .* 0 refused/);
  expect(code).toBe(0);
  expect(await counts()).toEqual(whole);
});

test('readers see each product whole while an import runs', async () => {
  let importing = true;
  const importer = importCatalog(service.ctx, catalog.directory, {
    onProductsMerged: followMergedProducts,
  }).finally(() => (importing = false));
  const seen = new Set<unknown>();
  while (importing) {
    const now = await counts();
    expect(now['torn']).toBe(0);
    seen.add(now['offers']);
    expect((await service.visitor().get('/api/products?q=part&perPage=5')).status).toBe(200);
  }
  await importer;
  expect(seen.size).toBeGreaterThan(2);
  expect(await counts()).toEqual(whole);
});

test('two imports at once take turns', async () => {
  const waited: boolean[] = [];
  const results = await Promise.all(
    [0, 1].map((index) =>
      importCatalog(service.ctx, catalog.directory, {
        onProductsMerged: followMergedProducts,
        onWait: () => (waited[index] = true),
      }),
    ),
  );
  expect(waited.filter(Boolean)).toHaveLength(1);
  expect(results.map((result) => result.created).sort((a, b) => a - b)).toEqual([0, rows]);
  expect(results.map((result) => result.updated)).toEqual([0, 0]);
  expect(await counts()).toEqual(whole);
});
