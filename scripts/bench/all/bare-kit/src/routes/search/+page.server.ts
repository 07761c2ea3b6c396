import { type Hit, sql } from '../../database.ts';

export async function load({ url }: { url: URL }): Promise<{ hits: Hit[] }> {
  const pattern = `%${(url.searchParams.get('q') ?? '').toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const hits = await sql<Hit[]>`
    select p.id, p.name, p.code, (select min(o.price) from live_offers o where o.product_id = p.id) as price
    from products p where p.offered and p.search_text like ${pattern} order by p.name_folded limit 25`;
  return { hits: [...hits] };
}
