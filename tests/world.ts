import { sql } from 'drizzle-orm';
import { afterAll } from 'vitest';
import type { Db } from '#db/client.ts';
import { categories, offers, productCodes, products } from '#db/tables/catalog.ts';
import { exchangeRates } from '#db/tables/rates.ts';
import { vendors } from '#db/tables/vendors.ts';
import { searchFields } from '#server/catalog/indexing.ts';
import { foldForIndex } from '#server/platform/fold.ts';
import { start, type TestService } from './harness.ts';
import { type AgentName, insertAgents, mail, phones } from './world/agents.ts';

/**
 * The named cast of the tests: four vendors that can be asked and one that can't, their agents, and a few products.
 *
 * | product        | sever (RSD)      | brandt (EUR)            | wisla (PLN) | other             |
 * |----------------|------------------|-------------------------|-------------|-------------------|
 * | sensor 6ES-100 | 4500.00          | 38.50, 10+ 35.00        | 160.00      |                   |
 * | cable  CAB-5   |                  | 0.0185, min 100, pack 50| 0.09        |                   |
 * | motor  MOT-7   | 52000.00         |                         |             |                   |
 * | service SRV-1  |                  | on request              |             |                   |
 * | relay  RLY-9   |                  |                         |             | mute: 12.00 EUR   |
 */
export interface World {
  vendors: Record<'sever' | 'brandt' | 'wisla' | 'kovo' | 'mute', string>;
  products: Record<'sensor' | 'cable' | 'motor' | 'service' | 'relay', string>;
  /** Offer ids by product and vendor. */
  offers: Record<
    | 'sensorSever'
    | 'sensorBrandt'
    | 'sensorWisla'
    | 'cableBrandt'
    | 'cableWisla'
    | 'motorSever'
    | 'serviceBrandt'
    | 'relayMute',
    string
  >;
  /** Official addresses and agents' addresses. */
  mail: typeof mail;
  agents: Record<AgentName, string>;
  /** The agents' own phones, E.164. */
  phones: typeof phones;
}

/**
 * Starts a service with the cast, and ends it after the tests of the file, which awaits this at its top level.
 */
export async function startWithWorld(
  ...options: Parameters<typeof start>
): Promise<{ service: TestService; world: World }> {
  const service = await start(...options);
  afterAll(() => service.end());
  return { service, world: await createWorld(service.ctx.db) };
}

/** Inserts the cast. */
export async function createWorld(db: Db): Promise<World> {
  const vendorIds = await insertVendors(db);
  const categoryIds = await insertCategories(db);
  const { productIds, offerIds } = await insertProducts(db, vendorIds, categoryIds);
  const agentIds = await insertAgents(db, vendorIds, categoryIds, productIds);
  // Stored before any time of the test's clock.
  const published = { date: '2025-11-21', storedAt: new Date('2025-11-21T16:00Z') };
  await db.insert(exchangeRates).values([
    { ...published, currency: 'RSD', rate: '117.20' },
    { ...published, currency: 'PLN', rate: '4.25' },
  ]);
  return {
    vendors: toStrings(vendorIds),
    products: toStrings(productIds),
    offers: toStrings(offerIds),
    mail,
    agents: toStrings(agentIds),
    phones,
  };
}

function toStrings<K extends string>(ids: Record<K, number>): Record<K, string> {
  return Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, String(id)])) as Record<K, string>;
}

const vendorRows = [
  ['sever', 'Elektro Sever', mail.sever, 'RS', 'RSD', 'Europe/Belgrade', 'sr'],
  ['brandt', 'Brandt Industrietechnik', mail.brandt, 'DE', 'EUR', 'Europe/Berlin', 'en'],
  ['wisla', 'Wisła Automatyka', mail.wisla, 'PL', 'PLN', 'Europe/Warsaw', 'en'],
  ['kovo', 'Kovomax Nářadí', mail.kovo, 'CZ', 'CZK', 'Europe/Prague', 'en'],
  ['mute', 'Listed Only', null, 'AT', 'EUR', 'Europe/Vienna', 'en'],
] as const;

async function insertVendors(db: Db): Promise<Record<string, number>> {
  const inserted = await db
    .insert(vendors)
    .values(
      vendorRows.map(([slug, name, email, country, currency, timeZone, locale]) => ({
        slug,
        name,
        nameFolded: foldForIndex(name),
        email,
        country,
        currency,
        timeZone,
        locale,
      })),
    )
    .returning({ id: vendors.id, slug: vendors.slug });
  return Object.fromEntries(inserted.map((row) => [row.slug, row.id]));
}

async function insertCategories(db: Db): Promise<Record<string, number>> {
  const chain = ['Automation', 'Sensing', 'Proximity', 'Inductive sensors'];
  const ids: Record<string, number> = {};
  const branches = [
    chain,
    ['Automation', 'Drives', 'Motors', 'Servo motors'],
    ['Electrical', 'Wiring', 'Cable', 'Control cable'],
  ];
  for (const branch of branches) {
    const lineage: number[] = [];
    for (const [depth, name] of branch.entries()) {
      const path = branch.slice(0, depth + 1).join(' > ');
      const known = ids[path];
      if (known === undefined) {
        const [{ nextval }] = (await db.execute<{ nextval: string }>(
          sql`select nextval(pg_get_serial_sequence('categories', 'id'))`,
        )) as unknown as [{ nextval: string }];
        const id = Number(nextval);
        const slugPath = path.toLowerCase().replaceAll(' > ', '/').replaceAll(' ', '-');
        await db
          .insert(categories)
          .overridingSystemValue()
          .values({
            id,
            parentId: lineage.at(-1) ?? null,
            level: depth + 1,
            name,
            path,
            slugPath,
            lineage: [...lineage, id],
          });
        ids[path] = id;
        lineage.push(id);
      } else lineage.push(known);
    }
  }
  return ids;
}

async function insertProducts(
  db: Db,
  vendorIds: Record<string, number>,
  categoryIds: Record<string, number>,
) {
  const sensors = 'Automation > Sensing > Proximity > Inductive sensors';
  const motors = 'Automation > Drives > Motors > Servo motors';
  const cables = 'Electrical > Wiring > Cable > Control cable';
  const plan = [
    {
      key: 'sensor',
      code: '6ES-100',
      name: 'Inductive sensor M12, PNP',
      path: sensors,
      kind: 'product' as const,
    },
    {
      key: 'cable',
      code: 'CAB-5',
      name: 'Upravljački kabl 5×0.75 mm²',
      path: cables,
      kind: 'product' as const,
    },
    { key: 'motor', code: 'MOT-7', name: 'Servo motor 0.75 kW', path: motors, kind: 'product' as const },
    { key: 'service', code: 'SRV-1', name: 'Commissioning on site', path: motors, kind: 'service' as const },
    { key: 'relay', code: 'RLY-9', name: 'Safety relay 24 V DC', path: sensors, kind: 'product' as const },
  ];
  const offerPlan = [
    ['sensorSever', 'sensor', 'sever', 'ES-S1', '4500.0000', 'RSD', 'piece', 1, 1, 40, []],
    [
      'sensorBrandt',
      'sensor',
      'brandt',
      'BI-100',
      '38.5000',
      'EUR',
      'piece',
      1,
      1,
      12,
      [
        [1, '38.5'],
        [10, '35'],
      ],
    ],
    ['sensorWisla', 'sensor', 'wisla', 'WA-1', '160.0000', 'PLN', 'piece', 1, 1, 0, []],
    ['cableBrandt', 'cable', 'brandt', 'BI-C5', '0.0185', 'EUR', 'metre', 100, 50, 5000, []],
    ['cableWisla', 'cable', 'wisla', 'WA-C5', '0.0900', 'PLN', 'metre', 1, 1, null, []],
    ['motorSever', 'motor', 'sever', 'ES-M7', '52000.0000', 'RSD', 'piece', 1, 1, 3, []],
    ['serviceBrandt', 'service', 'brandt', 'BI-SRV', null, 'EUR', 'hour', 1, 1, null, []],
    ['relayMute', 'relay', 'mute', 'LO-9', '12.0000', 'EUR', 'piece', 1, 1, 5, []],
  ] as const;
  const productIds: Record<string, number> = {};
  const offerIds: Record<string, number> = {};
  for (const { key, code, name, path, kind } of plan) {
    const own = offerPlan.filter((offer) => offer[1] === key);
    const sellers = own.map((offer) => offer[2] as string);
    const { codes, ...searched } = searchFields({
      name,
      code,
      skus: own.map((offer) => offer[3]),
      eans: [],
      tags: [],
      vendorNames: vendorRows.filter(([slug]) => sellers.includes(slug)).map(([, vendorName]) => vendorName),
      categoryPath: path,
    });
    const [product] = await db
      .insert(products)
      .values({
        categoryId: categoryIds[path] ?? 0,
        kind,
        name,
        code,
        ...searched,
        inStock: own.some((offer) => Number(offer[9]) > 0),
      })
      .returning({ id: products.id });
    if (!product) throw new Error('no product');
    productIds[key] = product.id;
    await db.insert(productCodes).values(codes.map((found) => ({ productId: product.id, code: found })));
  }
  for (const [
    key,
    product,
    vendor,
    sku,
    price,
    currency,
    unit,
    minimum,
    packSize,
    stock,
    breaks,
  ] of offerPlan) {
    const [offer] = await db
      .insert(offers)
      .values({
        productId: productIds[product] ?? 0,
        vendorId: vendorIds[vendor] ?? 0,
        sku,
        price,
        currency,
        unit,
        minimum,
        packSize,
        stock,
        priceBreaks: breaks.map(([from, at]) => [from, at]),
      })
      .returning({ id: offers.id });
    offerIds[key] = offer?.id ?? 0;
  }
  await countProductsOfVendors(db);
  return { productIds, offerIds };
}

/** Counts as imports do. */
export async function countProductsOfVendors(db: Db): Promise<void> {
  await db.execute(sql`update vendors v set product_count = (
    select count(distinct product_id) from live_offers o where o.vendor_id = v.id)`);
}
