import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import postgres from 'postgres';
import { usage } from '../presence/usage.ts';
import { requiredTables } from './floor-tables.ts';

/*
 * What is compared with: Fastify and postgres.js on the same database, one statement for each question and bare inserts, as
 * little as could answer. It keeps no rule of the product: no owner, limits, idempotency, outbox or events.
 */

const sql = postgres(process.env['DATABASE_URL'] ?? '', { max: 10, onnotice: () => {} });
const app = fastify();
await sql.unsafe(requiredTables);

interface Question {
  Querystring: { q?: string; category?: string; vendor?: string; page?: string };
}

app.get<Question>('/api/products', async ({ query: { q = '', category = '', vendor = '', page = '1' } }) => {
  const patterns = q
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  const words = patterns.map((pattern) => sql`and p.search_text like ${pattern}`);
  const offset = (Number(page) - 1) * 25;
  const items = await sql<{ total: string }[]>`
    select p.id, p.name, p.code, p.image, p.tags, count(*) over () as total,
      (select min(o.price) from live_offers o where o.product_id = p.id) as price
    from products p where p.offered ${words.length > 0 ? words.reduce((all, word) => sql`${all} ${word}`) : sql``}
      ${
        category === ''
          ? sql``
          : sql`and p.category_id in (
        select below.id from categories below join categories c on below.lineage @> array[c.id] where c.slug_path = ${category})`
      }
      ${
        vendor === ''
          ? sql``
          : sql`and exists (select from live_offers o join vendors v on v.id = o.vendor_id
        where o.product_id = p.id and v.slug = ${vendor})`
      }
    order by p.name_folded limit 25 offset ${offset}`;
  return { total: items[0]?.total ?? '0', items };
});

app.get<{ Querystring: { q?: string } }>('/api/suggestions', async ({ query: { q = '' } }) => ({
  products: await sql`
    select id, name, code from products where offered and search_text like ${`%${q.toLowerCase()}%`}
    order by name_folded limit 8`,
}));

app.get<{ Params: { id: string } }>('/api/products/:id', async ({ params: { id } }) => {
  const [product] = await sql`
    select p.*, null as search_text, null as short_grams,
      (select jsonb_agg(jsonb_build_object('offer', o, 'vendor', v.name, 'agents', (
          select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name)) from agents a where a.vendor_id = v.id)))
        from live_offers o join vendors v on v.id = o.vendor_id where o.product_id = p.id) as offers,
      (select jsonb_agg(jsonb_build_object('id', near.id, 'name', near.name, 'code', near.code)) from (
        select id, name, code from products where category_id = p.category_id and id <> p.id limit 6) as near) as related
    from products p where p.id = ${id}`;
  return product;
});

app.post<{ Body: { solutionId?: string; productId: string; quantity: number } }>(
  '/lines',
  async ({ body: { solutionId = randomUUID(), productId, quantity } }) => {
    await sql`insert into floor.solutions (id) values (${solutionId}) on conflict do nothing`;
    await sql`insert into floor.lines (solution_id, product_id, quantity) values (${solutionId}, ${productId}, ${quantity})`;
    return { id: solutionId };
  },
);

app.get<{ Params: { id: string } }>('/solutions/:id', async ({ params: { id } }) => ({
  id,
  lines: await sql`
    select l.*, p.name, p.code from floor.lines l join products p on p.id = l.product_id where l.solution_id = ${id}`,
}));

app.post<{ Body: { solutionId: string } }>('/requests', ({ body: { solutionId } }) =>
  sql.begin(async (tx) => {
    const [request] = await tx<
      { id: string }[]
    >`insert into floor.requests (solution_id) values (${solutionId}) returning id`;
    const requestId = request?.id ?? '';
    await tx`
      insert into floor.enquiry_lines (request_id, vendor_id, line_id)
      select ${requestId}, (select min(vendor_id) from live_offers o where o.product_id = l.product_id), l.id
      from floor.lines l where solution_id = ${solutionId}`;
    await tx`insert into floor.mails (request_id, text) select ${requestId}, repeat('text ', 2000) from generate_series(1, 7)`;
    return { id: requestId };
  }),
);

process.on('message', () => process.send?.({ did: 'memory', memory: usage() }));
await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ did: 'listen', port: (app.server.address() as AddressInfo).port });
process.on('disconnect', () => process.exit());
