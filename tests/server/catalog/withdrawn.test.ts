import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProductDetail, VendorSummary } from '#server/catalog/schema.ts';
import * as presence from '#server/presence/service.ts';
import type { EnquiryByLink } from '#server/requests/answering/schema.ts';
import type { Request } from '#server/requests/schema.ts';
import type { SearchResult, Suggestions } from '#server/search/schema.ts';
import type { CodeRows, Solution } from '#server/solutions/schema.ts';
import type { Client } from '../../harness.ts';
import { setUpAdmission } from '../admission/setup.ts';
import { aRecord, importFiles } from '../import/catalog-files.ts';
import { answer, linkOf, linkPath } from '../requests/answers.ts';
import { assemble, send, sendBody, sendUsual, type WantedLine } from '../requests/people.ts';

const { service, world } = await setUpAdmission();
afterAll(() => service.drain({ includeLater: true }));
const { products, offers, vendors } = world;
const current = '/api/solutions/current';

/** Of Brandt's offers only the servo motor is new; those of the sensor, the cable and the service are gone. */
const withdraw = () =>
  importFiles(
    service,
    {
      vendors: ['brandt,Brandt Industrietechnik'],
      products: [aRecord({ vendor: 'brandt', sku: 'BI-NEW', name: 'Brake resistor' })],
    },
    { withdrawMissing: true },
  );

const twoPartners: WantedLine[] = [
  { product: 'sensor', quantity: 10, ask: ['sensorSever', 'sensorBrandt'] },
  { product: 'service', quantity: 1, ask: ['serviceBrandt'] },
];

let visitor: Client;
/** Somebody who chose, and somebody who sent, before the offers were withdrawn. */
let chooser: Client;
let sender: Client;
let request: Request;

beforeAll(async () => {
  visitor = service.visitor();
  chooser = service.visitor();
  sender = service.visitor();
  await assemble(chooser, world, twoPartners);
  request = await sendUsual(sender, world, twoPartners);
  expect(await withdraw()).toMatchObject({ refused: 0, withdrawn: 3 });
});

const search = async (query: string) => (await visitor.get<SearchResult>(`/api/products?${query}`)).body;
const idsOf = ({ items }: SearchResult) => items.map(({ id }) => id);
const product = async (id: string) => (await visitor.get<ProductDetail>(`/api/products/${id}`)).body;
const solutionOf = async (buyer: Client) => (await buyer.get<Solution>(current)).body;
const sellersOf = (offered: { vendor: { slug: string } }[]) =>
  offered.map(({ vendor }) => vendor.slug).sort();

describe('a withdrawn offer', () => {
  test('a withdrawn offer is not shown with its product', async () => {
    expect(sellersOf((await product(products.sensor)).offers)).toEqual(['sever', 'wisla']);
    const found = await search('q=6es-100');
    expect(sellersOf(found.items[0]?.offers ?? [])).toEqual(['sever', 'wisla']);
  });

  test("a withdrawn offer's code, vendor and price find nothing", async () => {
    // Near misses are what is offered when nothing holds every word.
    expect(await search('q=BI-100')).toMatchObject({ near: true });
    expect(await search('q=sensor brandt')).toMatchObject({ near: true });
    const ofBrandt = await search('vendor=brandt');
    expect(ofBrandt.items.map(({ name }) => name)).toEqual(['Brake resistor']);
    expect(ofBrandt.facets.vendors.find(({ slug }) => slug === 'brandt')?.count).toBe(1);
    // Only Brandt's cable costs two cents.
    expect(idsOf(await search('currency=EUR&priceMin=0.0180&priceMax=0.0190'))).toEqual([]);
    const { body } = await visitor.get<VendorSummary>('/api/vendors/brandt');
    expect(body.productCount).toBe(1);
  });

  test('a withdrawn offer can be neither added nor called about', async () => {
    const buyer = service.visitor();
    const line = { productId: products.sensor, quantity: 1, offerIds: [offers.sensorBrandt] };
    const added = await buyer.post(`${current}/lines`, line);
    expect(added).toMatchObject({ status: 422, body: { code: 'offer_not_of_product' } });
    const call = { offerId: offers.sensorBrandt, kind: 'sales', phone: '+420 601 123 456' };
    expect(await buyer.post('/api/calls', call)).toMatchObject({ status: 404 });
    const wantedAt = new Date(service.clock.now().getTime() + 7_200_000).toISOString();
    expect(await buyer.post('/api/call-backs', { ...call, wantedAt })).toMatchObject({ status: 404 });
  });

  test('agents are shown only for live offers', async () => {
    const topic = await presence.productTopic(service.ctx, products.sensor);
    const shown = topic?.state.agents.map(({ vendorId }) => vendorId) ?? [];
    expect(shown).toContain(vendors.sever);
    expect(shown).not.toContain(vendors.brandt);
  });

  test("a list asks those who still offer a row's product", async () => {
    const buyer = service.visitor();
    const { body } = await buyer.post<CodeRows>(`${current}/lines/by-code`, {
      rows: [{ code: '6ES-100', quantity: 2 }],
      ask: 'all',
    });
    const asked = body.rows[0]?.offers?.map(({ id }) => id);
    expect(asked).toEqual([offers.sensorSever, offers.sensorWisla]);
  });
});

describe('a product that nobody offers any more', () => {
  test('the product is not found by words, code, category, near misses or suggestions', async () => {
    expect(idsOf(await search('q=commissioning'))).toEqual([]);
    expect(idsOf(await search('q=commisioning'))).toEqual([]);
    expect(idsOf(await search('q=SRV-1'))).toEqual([]);
    expect(idsOf(await search('q=SRV1'))).toEqual([]);
    const motors = await search('category=automation/drives/motors/servo-motors');
    expect(idsOf(motors)).toEqual([products.motor]);
    expect(motors.facets.kinds).toEqual([{ kind: 'product', count: 1 }]);
    expect(idsOf(await search('sort=name'))).not.toContain(products.service);
    for (const typed of ['SRV-1', 'srv1', 'commis']) {
      const { body } = await visitor.get<Suggestions>(`/api/suggestions?q=${typed}`);
      expect(body.products).toEqual([]);
    }
  });

  test('the product keeps its page, without offers and with similar products', async () => {
    const page = await product(products.service);
    expect(page).toMatchObject({ name: 'Commissioning on site', offers: [] });
    expect(page.related.map(({ id }) => id)).toEqual([products.motor]);
    expect((await product(products.motor)).related).toEqual([]);
  });

  test('the product can be added neither by itself nor by a list, and both say so', async () => {
    const buyer = service.visitor();
    const added = await buyer.post(`${current}/lines`, { productId: products.service, quantity: 1 });
    expect(added).toMatchObject({ status: 422, body: { code: 'not_offered' } });
    const { body } = await buyer.post<CodeRows>(`${current}/lines/by-code`, { text: 'SRV-1\t1\nRLY-0\t1' });
    expect(body.rows).toMatchObject([
      { status: 'refused', reason: 'not_offered', product: { id: products.service } },
      { status: 'not_found' },
    ]);
  });
});

describe('a solution that holds withdrawn offers', () => {
  test('the lines say so, and sums and the split leave the withdrawn offers out', async () => {
    const solution = await solutionOf(chooser);
    const [sensor, service_] = solution.lines;
    const ofBrandt = sensor?.offers.find(({ id }) => id === offers.sensorBrandt);
    expect(ofBrandt).toMatchObject({ asked: true, withdrawn: true, lowest: false });
    expect(sensor?.offers.filter(({ withdrawn }) => withdrawn)).toHaveLength(1);
    expect(service_?.offers).toMatchObject([{ id: offers.serviceBrandt, asked: true, withdrawn: true }]);
    expect(solution.problems).toEqual([
      { lineId: sensor?.id, code: 'offer_withdrawn' },
      { lineId: service_?.id, code: 'offer_withdrawn' },
    ]);
    expect(solution).toMatchObject({ blockedTotal: 2, comparedTotal: 0 });
    expect(sellersOf(solution.split)).toEqual(['sever']);
    expect(solution.totals).toMatchObject([{ low: { amount: '45000.00', currency: 'RSD' } }]);
  });

  test('a change of something else keeps the withdrawn offer on the line', async () => {
    const [sensor] = (await solutionOf(chooser)).lines;
    const path = `${current}/lines/${sensor?.id}`;
    await chooser.patch(path, { note: 'Same batch' });
    const offerIds = [offers.sensorWisla, offers.sensorBrandt];
    const { status, body } = await chooser.patch<Solution['lines'][number]>(path, { offerIds });
    expect(status).toBe(200);
    const asked = body.offers.filter((offer) => offer.asked);
    expect(asked.map(({ id, withdrawn }) => [id, withdrawn])).toEqual([
      [offers.sensorWisla, false],
      [offers.sensorBrandt, true],
    ]);
  });

  test('more of the same keeps the withdrawn offer on the line, from a list, too', async () => {
    const buyer = chooser;
    const [sensor] = (await solutionOf(buyer)).lines;
    const asked = (line: Solution['lines'][number] | undefined) =>
      line?.offers.filter((offer) => offer.asked).map(({ id, withdrawn }) => [id, withdrawn]);
    const before = asked(sensor);
    expect(before).toContainEqual([offers.sensorBrandt, true]);
    const more = { productId: products.sensor, quantity: 1, note: sensor?.note };
    const { status, body } = await buyer.post<Solution['lines'][number]>(`${current}/lines`, more);
    expect(status).toBe(201);
    expect([body.quantity, asked(body)]).toEqual([11, before]);
    const text = `Code;Qty;Note\n6ES-100;1;${sensor?.note}`;
    const listed = await buyer.post(`${current}/lines/by-code`, { text });
    expect(listed.body.rows).toContainEqual(expect.objectContaining({ status: 'added', lineId: sensor?.id }));
    const [line] = (await solutionOf(buyer)).lines;
    expect([line?.quantity, asked(line)]).toEqual([12, before]);
  });

  test('the solution is sent once the withdrawn offers are left out', async () => {
    const before = await solutionOf(chooser);
    const [sensor, service_] = before.lines;
    const specification = await chooser.get(`/api/solutions/${before.id}/specification?kind=quote`);
    expect(specification.body.problems).toMatchObject([
      { lineId: sensor?.id, code: 'offer_withdrawn' },
      { lineId: service_?.id, code: 'offer_withdrawn' },
    ]);
    const refused = await send(chooser, sendBody(before.id));
    expect(refused).toMatchObject({ status: 422, body: { code: 'offer_withdrawn' } });
    expect(refused.body.errors?.map(({ path }) => path)).toEqual([
      `lines.${sensor?.id}`,
      `lines.${service_?.id}`,
    ]);

    await chooser.patch(`${current}/lines/${sensor?.id}`, { offerIds: [offers.sensorSever] });
    await chooser.delete(`${current}/lines/${service_?.id}`);
    expect(await solutionOf(chooser)).toMatchObject({ blockedTotal: 0, problems: [] });
    const sent = await send(chooser, sendBody(before.id));
    expect(sent.status).toBe(201);
    expect(sent.body.enquiries.map(({ vendor }) => vendor.id)).toEqual([vendors.sever]);
  });
});

describe('a request sent before', () => {
  test('the request, its enquiry and its answer are unaffected', async () => {
    const seen = await sender.get<Request>(`/api/requests/${request.id}`);
    expect(seen.body.lines).toEqual(request.lines);
    const token = await linkOf(service, request.id, world.mail.brandt);
    const asked = (await service.outsider().get<EnquiryByLink>(linkPath(token))).body;
    expect(asked.lines.map(({ sku }) => sku)).toEqual(['BI-100', 'BI-SRV']);
    const given = [{}, { price: '90.00' }];
    expect((await answer(service.outsider(), token, given)).status).toBe(201);
  });
});

describe('a later import', () => {
  test('an offer that comes back is found, shown and asked again under its id', async () => {
    await importFiles(service, {
      vendors: ['brandt,Brandt Industrietechnik'],
      categories: ['1,,1,Automation', '2,1,2,Drives', '3,2,3,Motors', '4,3,4,Servo motors'],
      products: [
        aRecord({
          ...{ vendor: 'brandt', sku: 'BI-SRV', model: 'SRV-1', name: 'Commissioning on site' },
          ...{ kind: 'service', category: '4', price: null, unit: 'hour' },
        }),
      ],
    });
    expect(idsOf(await search('q=commissioning'))).toEqual([products.service]);
    expect((await product(products.service)).offers.map(({ id }) => id)).toEqual([offers.serviceBrandt]);
    const buyer = service.visitor();
    const added = await buyer.post(`${current}/lines`, { productId: products.service, quantity: 1 });
    expect(added.status).toBe(201);
  });
});
