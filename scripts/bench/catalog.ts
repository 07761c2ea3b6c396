import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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

/** Opens the database in `data`, or a throwaway one, and imports the folder's catalogue unless that was done before. */
export async function openCatalog({
  data,
  folder,
}: {
  data: string | undefined;
  folder: string;
}): Promise<BenchCatalog> {
  const dataDir = data ?? mkdtempSync(join(tmpdir(), 'quoteline-bench-'));
  const database = await connectOrStart({ dataDir });
  const close = async () => {
    await database.stop();
    if (data === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    return { url: database.url, pid: database.pid, close, ...(await fill(database.url, folder)) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function fill(
  url: string,
  folder: string,
): Promise<Pick<BenchCatalog, 'products' | 'categories' | 'vendors'>> {
  await migrate(url);
  const connection = connect(url);
  const { sql } = connection;
  const [filled] = await sql`select from products limit 1`;
  if (!filled) {
    const given = resolve(folder);
    const catalog = existsSync(given) ? given : 'db/seed/catalog';
    const onProductsMerged = followMergedProducts;
    await importCatalog({ sql, clock: systemClock }, catalog, { onProductsMerged });
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
