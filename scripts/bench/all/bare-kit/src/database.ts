import postgres from 'postgres';

export const sql = postgres(process.env['DATABASE_URL'] ?? '', { max: 10, onnotice: () => {} });

export interface Hit {
  id: string;
  name: string;
  code: string;
  price: string | null;
}

export interface Product extends Hit {
  description: string | null;
  offers: { vendor: string; sku: string; price: string | null; currency: string | null }[] | null;
}
