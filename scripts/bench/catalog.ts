import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { connect } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { importCatalog } from '#server/catalog/import/service.ts';
import { systemClock } from '#server/platform/clock.ts';
import { followMergedProducts } from '#server/solutions/service.ts';
import { connectOrStart } from '../pg.ts';
import { quantity } from './journey/work.ts';

/** A database with an imported catalogue, for measuring. */
export interface BenchCatalog {
  url: string;
  /** The process id of PostgreSQL. */
  pid: number;
  /** Products that can be asked for in the quantity of `journey/work.ts`. */
  products: { id: string; name: string }[];
  /** Paths of categories and slugs of vendors, those with the most products first. */
  categories: string[];
  vendors: string[];
  close(): Promise<void>;
}

/**
 * Opens the database in `data`, or a throwaway one, and imports the folder's catalogue, or its first `products`, unless that
 * was done before.
 */
export async function openCatalog({
  data,
  ...catalog
}: {
  data: string | undefined;
  folder: string;
  products?: number;
}): Promise<BenchCatalog> {
  const dataDir = data ?? mkdtempSync(join(tmpdir(), 'quoteline-bench-'));
  const database = await connectOrStart({ dataDir });
  const close = async () => {
    await database.stop();
    if (data === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    return { url: database.url, pid: database.pid, close, ...(await fill(database.url, catalog)) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function fill(
  url: string,
  { folder, products: most }: { folder: string; products?: number },
): Promise<Pick<BenchCatalog, 'products' | 'categories' | 'vendors'>> {
  await migrate(url);
  const connection = connect(url);
  const { sql } = connection;
  const [filled] = await sql`select from products limit 1`;
  if (!filled) {
    const given = resolve(folder);
    const onProductsMerged = followMergedProducts;
    const importFrom = (from: string) =>
      importCatalog({ sql, clock: systemClock }, from, { onProductsMerged });
    if (!existsSync(given)) await importFrom('db/seed/catalog');
    else if (most === undefined) await importFrom(given);
    else await withFirst(most, given, importFrom);
  }
  await sql`update vendors set email = 'vendor' || id || '@quoteline.example' where email is null`;
  const products = await sql<{ id: string; name: string }[]>`
    select p.id::text as id, p.name from products p join live_offers o on o.product_id = p.id
    group by p.id having bool_and(o.minimum <= ${quantity} and ${quantity}::int % o.pack_size = 0)
    order by hashint8(p.id) limit 200`;
  const categories = await sql<{ path: string }[]>`
    select slug_path as path from categories where level > 1 order by product_count desc, id limit 20`;
  const vendors = await sql<{ slug: string }[]>`
    select slug from vendors order by product_count desc, id limit 20`;
  await sql`vacuum analyze`;
  await connection.close();
  return {
    products: [...products],
    categories: categories.map(({ path }) => path),
    vendors: vendors.map(({ slug }) => slug),
  };
}

/** Runs `work` on a copy of a catalogue's folder with only the first products. */
async function withFirst(
  count: number,
  folder: string,
  work: (copy: string) => Promise<unknown>,
): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'quoteline-catalog-'));
  const lines = gunzipSync(readFileSync(join(folder, 'products.jsonl.gz')))
    .toString()
    .split('\n');
  writeFileSync(join(copy, 'products.jsonl'), lines.slice(0, count).join('\n'));
  for (const file of ['categories.csv', 'vendors.csv']) copyFileSync(join(folder, file), join(copy, file));
  await work(copy);
  rmSync(copy, { recursive: true });
}
