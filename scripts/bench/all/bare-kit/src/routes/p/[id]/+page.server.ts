import { type Product, sql } from '../../../database.ts';

export async function load({
  params,
}: {
  params: { id: string };
}): Promise<{ product: Product | undefined }> {
  const [product] = await sql<Product[]>`
    select p.id, p.name, p.code, p.description, (
      select jsonb_agg(jsonb_build_object('vendor', v.name, 'sku', o.sku, 'price', o.price, 'currency', o.currency))
      from live_offers o join vendors v on v.id = o.vendor_id where o.product_id = p.id) as offers
    from products p where p.id = ${params.id}`;
  return { product };
}
