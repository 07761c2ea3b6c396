import { eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { offers, products } from '#db/tables/catalog.ts';
import { vendors } from '#db/tables/vendors.ts';
import type { Request } from '#server/requests/schema.ts';
import { foldForIndex } from '#server/platform/fold.ts';
import { answer, dayFrom, linkOf } from '../server/requests/answers.ts';
import { send, sendBody, sendUsual } from '../server/requests/people.ts';
import { openPages } from './pages.ts';

/** What comes out of the printer: the text of each page of a PDF that the browser makes. */
const { service, world, ...pages } = await openPages();
const buyer = service.visitor();

async function visit(path: string): Promise<Page> {
  const page = await pages.visit(buyer);
  await page.goto(path, { waitUntil: 'load' });
  return page;
}

/** Prints a page on A4 and returns the text of each sheet, with single spaces. */
async function print(page: Page): Promise<string[]> {
  const file = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(file)));
  return text.map((sheet) => sheet.replaceAll(/\s+/g, ' '));
}

const count = 60;
const codeOf = (line: number) => `PRT-${String(line).padStart(3, '0')}-X`;

/** Sends a request of 60 lines, each asked of six partners. */
async function sendLarge(): Promise<{ request: Request; partners: { name: string; email: string }[] }> {
  const { db } = service.ctx;
  const partners = Array.from({ length: 6 }, (_, index) => ({
    name: `${['Alfa', 'Breg', 'Cibin', 'Drava', 'Enns', 'Fruška'][index]} Supply ${index + 1}`,
    email: `partner${index + 1}@print.example`,
  }));
  const [model] = await db
    .select()
    .from(products)
    .where(eq(products.id, Number(world.products.sensor)));
  const [seller] = await db
    .select()
    .from(vendors)
    .where(eq(vendors.id, Number(world.vendors.brandt)));
  if (!model || !seller) throw new Error('no model');
  const sellers = await db
    .insert(vendors)
    .values(
      partners.map(({ name, email }, index) => ({
        ...{ slug: `print-${index + 1}`, name, nameFolded: foldForIndex(name), email },
        ...{ country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin', locale: 'en' },
      })),
    )
    .returning({ id: vendors.id });
  const { id: _id, ...copied } = model;
  const made = await db
    .insert(products)
    .values(
      Array.from({ length: count }, (_, index) => ({
        ...copied,
        code: codeOf(index + 1),
        name: `Printed part ${index + 1}`,
      })),
    )
    .returning({ id: products.id });
  const rows = await db
    .insert(offers)
    .values(
      made.flatMap(({ id }, line) =>
        sellers.map(({ id: vendorId }, column) => ({
          ...{ productId: id, vendorId, sku: `S${line}-${column}`, currency: 'EUR', unit: 'piece' },
          ...{ price: `${100 + line}.${column}0`, minimum: 1, packSize: 1, stock: 5 },
        })),
      ),
    )
    .returning({ id: offers.id, productId: offers.productId });
  const asked = Map.groupBy(rows, ({ productId }) => productId);
  for (const { id } of made) {
    const line = {
      productId: String(id),
      quantity: 3,
      offerIds: asked.get(id)?.map((offer) => String(offer.id)),
    };
    expect((await buyer.post('/api/solutions/current/lines', line)).status).toBe(201);
  }
  const { id } = (await buyer.get<{ id: string }>('/api/solutions/current')).body;
  const sent = await send(buyer, sendBody(id, { delivery: { place: 'Brno, gate 2', country: 'CZ' } }));
  expect(sent.status).toBe(201);
  return { request: (await buyer.get<Request>(`/api/requests/${sent.body.id}`)).body, partners };
}

test('a comparison of 60 lines and six partners is printed whole, with its head on every sheet', async () => {
  const { request, partners } = await sendLarge();
  for (const { email } of partners.slice(0, 5)) {
    const link = await linkOf(service, request.id, email);
    const given = Array.from({ length: count }, (_, line) =>
      line % 9 === 4 ? { decision: 'decline' } : { days: 3 },
    );
    expect((await answer(service.outsider(), link, given, { validUntil: dayFrom(service, 9) })).status).toBe(
      201,
    );
  }
  const page = await visit(`/requests/${request.id}?choose=price`);
  const sheets = await print(page);
  const all = sheets.join(' ');
  const missing = Array.from({ length: count }, (_, line) => codeOf(line + 1)).filter(
    (code) => !all.includes(code),
  );
  expect(missing).toEqual([]);
  // Every price of the third partner, whose list prices are printed nowhere else with a radio's words.
  const matrix = sheets.filter((sheet) => /PRT-\d{3}-X × 3/.test(sheet));
  for (const sheet of matrix) for (const { name } of partners) expect(sheet, name).toContain(name);
  for (let line = 0; line < count; line++) {
    const sheet = matrix.find((text) => text.includes(`${codeOf(line + 1)} × 3`)) ?? '';
    const row = sheet.slice(sheet.indexOf(codeOf(line + 1))).split(/PRT-\d{3}-X × 3/)[1] ?? '';
    const offered = row.match(/€1\d\d\.\d0\b/g)?.length ?? 0;
    if (line % 9 === 4) expect(row.match(/Declined/g)?.length, row).toBe(5);
    else expect(offered, `line ${line + 1}: ${row}`).toBeGreaterThanOrEqual(5);
  }
  // No sheet is wasted: the first one holds lines, too.
  expect(sheets[0]).toMatch(/PRT-001-X/);
  expect(matrix.length).toBeLessThanOrEqual(7);
  expect(all).toContain('Brno, gate 2');
  for (const control of [
    'Send the message',
    'Accept 60 lines',
    'Choose for me',
    'All industries',
    'Your message',
    'What should be different?',
  ])
    expect(all, control).not.toContain(control);
  await page.context().close();
});

test('a request, an enquiry, a product and a solution are printed as documents without controls', async () => {
  const request = await sendUsual(buyer, world, undefined, {
    message: 'Please state the country of origin.',
    delivery: { place: 'Brno, gate 2', country: 'CZ' },
  });
  const link = await linkOf(service, request.id, world.mail.sever);
  await buyer.post('/api/solutions/current/lines', { productId: world.products.motor, quantity: 7 });
  const documents: [path: string, holds: string[]][] = [
    [
      `/requests/${request.id}`,
      [request.number, '6ES-100', 'MOT-7', 'Same batch', 'Brno, gate 2', 'country of origin'],
    ],
    [
      `/e/${link}`,
      [request.number, '6ES-100', 'MOT-7', 'Same batch', 'Brno, gate 2', 'country of origin', 'Morava Pack'],
    ],
    [
      `/p/${world.products.sensor}`,
      ['6ES-100', 'Elektro Sever', 'Brandt Industrietechnik', 'Wisła Automatyka'],
    ],
    ['/solution', ['MOT-7', 'Elektro Sever']],
  ];
  const controls = [
    'Send the message',
    'Your message',
    'What should be different?',
    'All industries',
    'Language',
    'Write a message',
    'Skip to content',
    'Similar products',
    'Lead time for all lines',
    'Quantity and note',
  ];
  for (const [path, holds] of documents) {
    const page = await visit(path);
    const all = (await print(page)).join(' ');
    for (const text of holds) expect(all, `${path}: ${text}`).toContain(text);
    expect(all, path).toContain('Quoteline');
    expect(
      controls.filter((text) => all.includes(text)),
      path,
    ).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    const boxes = await page.locator('main :is(input, select, textarea, button)').evaluateAll((fields) =>
      fields
        .filter((field) => field.checkVisibility())
        .filter(
          (field) =>
            getComputedStyle(field).borderTopWidth !== '0px' && field.getBoundingClientRect().width > 1,
        )
        .map((field) => field.outerHTML.slice(0, 100)),
    );
    expect(boxes, path).toEqual([]);
    await page.context().close();
  }
});
