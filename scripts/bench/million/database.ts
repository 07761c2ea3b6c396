import { migrate } from '#db/migrate.ts';
import { connect } from '#db/client.ts';
import { type BenchCatalog, openCatalog } from '../catalog.ts';
import { connectOrStart } from '../../pg.ts';
import { multiply } from './multiply.ts';

/** For loading, which can be repeated if the machine fails. */
const loading = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_wal_size: '8GB',
  maintenance_work_mem: '1GB',
};

/** Opens the database in `data` with a million products, which it first makes of the folder's catalogue if there are fewer. */
export async function openMillion({
  data,
  folder,
  products,
  offers,
}: {
  data: string;
  folder: string;
  products: number;
  offers: number;
}): Promise<Pick<BenchCatalog, 'url' | 'pid' | 'close'>> {
  const log = (line: string) => console.log(line);
  const server = await connectOrStart({ dataDir: data, settings: loading });
  try {
    await migrate(server.url);
    const connection = connect(server.url);
    const [stored] = await connection.sql<{ count: number }[]>`select count(*)::int as count from products`;
    await connection.close();
    if ((stored?.count ?? 0) < products) {
      const catalog = await openCatalog({ data, folder });
      const filling = connect(server.url);
      await multiply(filling.sql, { products, offers }, log);
      await filling.sql`vacuum analyze`;
      // The catalogue has dollars only; prices in another currency need rates.
      await filling.sql`
        insert into exchange_rates (currency, date, rate, source)
        values ('USD', current_date, 1.1, 'benchmark'), ('RSD', current_date, 117.2, 'benchmark')
        on conflict do nothing`;
      await filling.close();
      await catalog.close();
    }
  } finally {
    await server.stop();
  }
  const opened = await connectOrStart({ dataDir: data });
  return { url: opened.url, pid: opened.pid, close: () => opened.stop() };
}
