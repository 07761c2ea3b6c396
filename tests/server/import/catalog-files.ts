import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { importCatalog, type ImportOptions, type ImportResult } from '#server/catalog/import/service.ts';
import { followMergedProducts } from '#server/solutions/service.ts';
import type { RefusedRow } from '#server/catalog/service.ts';
import type { TestService } from '../../harness.ts';

/** The files of a catalogue: rows of CSV after the header, records or raw lines of products.jsonl. */
export interface CatalogFiles {
  vendors: string[];
  vendorColumns?: string;
  categories?: string[];
  categoryColumns?: string;
  /** Rows of words.csv, which has a Serbian column. */
  words?: string[];
  agents?: string[];
  agentColumns?: string;
  /** Ignored with `priceList`. */
  products: (Record<string, unknown> | string)[];
  /** The text or the bytes of products.csv. */
  priceList?: string | Buffer;
  /** The bytes of products.jsonl, instead of `products`. */
  bytes?: Buffer;
  gzip?: boolean;
}

export const oneCategory = [
  '01,,1,Tools',
  '0101,01,2,Hand tools',
  '010101,0101,3,Screwdrivers',
  '01010101,010101,4,Slotted',
];

/** Returns a record with all required fields, which `fields` overrides. */
export function aRecord(fields: Record<string, unknown>): Record<string, unknown> {
  return {
    sku: 'S-1',
    model: null,
    name: 'Screwdriver',
    vendor: 'acme',
    category: '01010101',
    kind: 'product',
    price: 1,
    currency: 'EUR',
    unit: 'piece',
    moq: 1,
    ...fields,
  };
}

const agentColumns = 'vendor,name,email,kind,languages,phone,locale,responsibilities';

/** Writes the files into a folder of their own. */
export function writeCatalog(files: CatalogFiles): { directory: string; remove: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'quoteline-catalog-'));
  const csv = (header: string, rows: string[]) => [header, ...rows].join('\n') + '\n';
  const write = (name: string, content: string | Buffer) => writeFileSync(join(directory, name), content);
  write('vendors.csv', csv(files.vendorColumns ?? 'id,name', files.vendors));
  write(
    'categories.csv',
    csv(files.categoryColumns ?? 'id,parent_id,level,name', files.categories ?? oneCategory),
  );
  if (files.agents) {
    write('agents.csv', csv(files.agentColumns ?? agentColumns, files.agents));
  }
  if (files.words) write('words.csv', csv('kind,word,word.sr', files.words));
  const lines = files.products
    .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
    .join('\n');
  if (files.priceList !== undefined) write('products.csv', files.priceList);
  else if (files.bytes) write('products.jsonl', files.bytes);
  else if (files.gzip) write('products.jsonl.gz', gzipSync(lines));
  else write('products.jsonl', lines);
  return { directory, remove: () => rmSync(directory, { recursive: true }) };
}

/** Imports the files; returns the result with the refused rows. */
export async function importFiles(
  service: TestService,
  files: CatalogFiles,
  options: Options = {},
): Promise<Imported> {
  const { directory, remove } = writeCatalog(files);
  try {
    return await importFolder(service, directory, options);
  } finally {
    remove();
  }
}

type Options = Pick<ImportOptions, 'mailDomain' | 'zeroIsFree' | 'withdrawMissing'>;
type Imported = ImportResult & { refusals: RefusedRow[]; notes: RefusedRow[] };

/** Imports a folder; returns the result with the refused rows and the notes. */
export async function importFolder(
  service: TestService,
  directory: string,
  options: Options = {},
): Promise<Imported> {
  const refusals: RefusedRow[] = [];
  const notes: RefusedRow[] = [];
  const result = await importCatalog(service.ctx, directory, {
    onProductsMerged: followMergedProducts,
    ...options,
    onRefused: (row) => refusals.push(row),
    onNoted: (row) => notes.push(row),
  });
  return { ...result, refusals, notes };
}

export interface SeenOffer {
  vendor: string;
  sku: string;
  productId: string;
  name: string;
  code: string;
  price: string | null;
  currency: string;
  path: string;
}

/** Returns the offers of a vendor, by SKU. */
export async function offersOf(service: TestService, vendor: string): Promise<Map<string, SeenOffer>> {
  const rows = await service.ctx.sql<SeenOffer[]>`
    select v.slug as vendor, o.sku, o.product_id::text as "productId", p.name, p.code, o.price::text, o.currency, c.path
    from offers o
    join vendors v on v.id = o.vendor_id
    join products p on p.id = o.product_id
    join categories c on c.id = p.category_id
    where v.slug = ${vendor} order by o.sku`;
  return new Map(rows.map((row) => [row.sku, row]));
}

/** Returns the ids of the products whose search text has every word or whose code is exactly this. */
export async function found(service: TestService, word: string): Promise<string[]> {
  const rows = await service.ctx.sql<{ id: string }[]>`
    select id::text from products where search_text like ${`%${word}%`} order by id`;
  return rows.map((row) => row.id);
}
