import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '#db/client.ts';
import { importCatalog } from '#server/catalog/import/service.ts';
import { systemClock } from '#server/platform/clock.ts';
import * as presence from '#server/presence/service.ts';
import { followMergedProducts } from '#server/solutions/service.ts';

/** A vendor's offer of the one product that requests ask for. */
export interface AskedOffer {
  id: string;
  vendor: string;
  /** Whom an enquiry to the vendor has to reach: the official address, and the agent's if there is one. */
  recipients: string[];
}

/** An agent, the only one for an offer. */
export interface CalledAgent {
  offerId: string;
  agentId: string;
  phone: string;
}

export interface Catalogue {
  productId: string;
  offers: AskedOffer[];
  agents: CalledAgent[];
}

const vendorCount = 20;
const category = ['Automation', 'Control', 'PLCs', 'Modules'];
const workdayMs = 8 * 3_600_000;

const officeOf = (vendor: string) => `office@${vendor}.example`;
const agentOf = (vendor: string) => `agent@${vendor}.example`;
/** Every third vendor has an agent. */
const hasAgent = (index: number) => index % 3 === 0;
/** Valid numbers, because production calls no others. */
const phoneOf = (index: number) => `+38164111${4000 + index}`;

/** Imports twenty vendors of one product, and a vendor with an agent on duty for each call that will be made. */
export async function loadCatalogue(database: Database, folder: string, calls: number): Promise<Catalogue> {
  mkdirSync(folder);
  const vendors = Array.from({ length: vendorCount }, (_, index) => `vendor-${index + 1}`);
  const agents = Array.from({ length: calls }, (_, index) => `call-${index + 1}`);
  write(folder, vendors, agents);
  const { sql, db } = database;
  await importCatalog({ sql, clock: systemClock }, folder, { onProductsMerged: followMergedProducts });
  const offers = await sql<{ id: string; vendor: string; product: string; sku: string }[]>`
    select o.id::text, v.slug as vendor, o.product_id::text as product, o.sku
    from offers o join vendors v on v.id = o.vendor_id order by o.id`;
  const people = await sql<{ id: string; phone: string }[]>`
    select id::text, phone from agents where email like 'call-%' order by id`;
  const now = new Date();
  await presence.declareMany(
    db,
    people.map(({ id }) => Number(id)),
    new Date(now.getTime() + workdayMs),
    now,
  );
  const asked = offers.filter(({ sku }) => sku === 'module');
  return {
    productId: asked[0]?.product ?? '',
    offers: asked.map(({ id, vendor }) => ({
      ...{ id, vendor },
      recipients: [officeOf(vendor), ...(hasAgent(vendors.indexOf(vendor)) ? [agentOf(vendor)] : [])],
    })),
    agents: agents.map((sku, index) => {
      const phone = phoneOf(index);
      return {
        offerId: offers.find((offer) => offer.sku === sku)?.id ?? '',
        agentId: people.find((person) => person.phone === phone)?.id ?? '',
        phone,
      };
    }),
  };
}

/** Writes the files of an import. */
function write(folder: string, vendors: readonly string[], agents: readonly string[]): void {
  const path = category.join(' > ');
  const csv = (name: string, lines: readonly (readonly string[])[]) =>
    writeFileSync(join(folder, name), lines.map((line) => `${line.join(',')}\n`).join(''));
  csv('vendors.csv', [
    ['id', 'name', 'kind', 'email', 'country', 'currency', 'timezone', 'locale'],
    ...[...vendors, 'calls'].map((vendor) => [
      ...[vendor, `Firm ${vendor}`, 'distributor', officeOf(vendor)],
      ...['RS', 'EUR', 'Europe/Belgrade', 'en'],
    ]),
  ]);
  csv('categories.csv', [
    ['id', 'parent_id', 'level', 'level_name', 'name', 'path'],
    ...category.map((name, index) => [
      ...['01'.repeat(index + 1), '01'.repeat(index), String(index + 1)],
      ...[['industry', 'area', 'category', 'subcategory'][index] ?? '', name],
      category.slice(0, index + 1).join(' > '),
    ]),
  ]);
  const person = (vendor: string, email: string, phone: string, of: string) => [
    ...[vendor, `Agent of ${vendor}`, email, 'sales', 'en', phone, 'en', '1-7 00:00-24:00', of],
  ];
  csv('agents.csv', [
    ['vendor', 'name', 'email', 'kind', 'languages', 'phone', 'locale', 'hours', 'responsibilities'],
    ...vendors
      .filter((_, index) => hasAgent(index))
      .map((vendor, index) => person(vendor, agentOf(vendor), phoneOf(agents.length + index), path)),
    ...agents.map((key, index) => person('calls', `${key}@calls.example`, phoneOf(index), key)),
  ]);
  const offer = (vendor: string, sku: string) => ({
    ...{ vendor, sku, product: sku, name: `Product ${sku}`, category: '01010101', kind: 'product' },
    ...{ price: 12.5, currency: 'EUR', unit: 'piece' },
  });
  const offers = [
    ...vendors.map((vendor) => offer(vendor, 'module')),
    ...agents.map((key) => offer('calls', key)),
  ];
  writeFileSync(join(folder, 'products.jsonl'), offers.map((one) => `${JSON.stringify(one)}\n`).join(''));
}
