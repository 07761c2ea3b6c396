import { beforeAll, describe, expect, test } from 'vitest';
import { compactCode, fold } from '#server/platform/fold.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';

const { service, world } = await startWithWorld();
beforeAll(async () => {
  // A second product that carries the motor's code, and one whose code holds spaces, quotes and a comma.
  await service.ctx.sql`
    insert into product_codes (product_id, code) values
      (${world.products.service}, 'mot-7'), (${world.products.sensor}, '97 53 14'),
      (${world.products.sensor}, '4006381333931'), (${world.products.cable}, '5/8" a,b')`;
});

const current = '/api/solutions/current';
const enter = (client: Client, body: unknown) => client.post(`${current}/lines/by-code`, body);
interface Row {
  row: number;
  status: string;
  reason?: string;
  quantity: number | null;
  code: string;
  candidates?: { id: string; code: string; name: string; vendors: string[] }[];
}
const outcomesOf = (answer: { body: { rows: Row[] } }) =>
  answer.body.rows.map(({ row, status, reason }) => [row, reason ?? status].join(' '));

describe('a pasted list', () => {
  test('a pasted list adds the good rows and returns the others with reasons', async () => {
    const buyer = service.visitor();
    const text = [
      'Code;Quantity',
      '6es-100;2',
      '',
      'MOT-7;1',
      'NO-SUCH;4',
      'CAB-5;1,5',
      'RLY-9;1',
      '97 53 14 3',
      '2 4006381333931',
      '"5/8"" a,b";7',
    ].join('\r\n');
    const answer = await enter(buyer, { text });
    expect(answer.status).toBe(200);
    expect(outcomesOf(answer)).toEqual([
      '1 header',
      '2 added',
      '4 ambiguous',
      '5 not_found',
      '6 quantity_not_whole',
      '7 vendor_not_reachable',
      '8 added',
      '9 added',
      '10 added',
    ]);
    expect(answer.body.counts).toEqual({ added: 4, ambiguous: 1, notFound: 1, refused: 2 });
    expect(answer.body.rows[1]).toMatchObject({ input: '6es-100;2', code: '6es-100', quantity: 2 });
    const { body: solution } = await buyer.get(current);
    expect(solution.lines).toMatchObject([
      { id: answer.body.rows[1].lineId, quantity: 7, product: { code: '6ES-100' } },
      { id: answer.body.rows[8].lineId, quantity: 7, product: { code: 'CAB-5' } },
    ]);
  });

  test('an ambiguous code offers its products and accepts the choice', async () => {
    const buyer = service.visitor();
    const answer = await enter(buyer, { text: 'MOT-7\t2' });
    const [row] = answer.body.rows as Row[];
    expect(row?.candidates?.map(({ id }) => id).sort()).toEqual(
      [world.products.motor, world.products.service].sort(),
    );
    expect(row?.candidates?.find(({ id }) => id === world.products.motor)).toMatchObject({
      name: 'Servo motor 0.75 kW',
      vendors: ['Elektro Sever'],
    });
    const chosen = { code: 'MOT-7', quantity: '2', productId: world.products.motor };
    expect(outcomesOf(await enter(buyer, { rows: [chosen] }))).toEqual(['1 added']);
    expect((await buyer.get(current)).body.lines).toMatchObject([
      { quantity: 2, product: { code: 'MOT-7' } },
    ]);
    expect(
      outcomesOf(
        await enter(buyer, {
          rows: [
            { ...chosen, productId: '999999999' },
            { ...chosen, productId: 'x' },
          ],
        }),
      ),
    ).toEqual(['1 not_found', '2 not_found']);
  });

  test('an unknown code suggests codes that begin alike', async () => {
    const answer = await enter(service.visitor(), { text: '6ES-1\n6ES-199\nzzzzz' });
    expect(outcomesOf(answer)).toEqual(['1 not_found', '2 not_found', '3 not_found']);
    const near = (answer.body.rows as Row[]).map((row) => row.candidates?.map(({ code }) => code));
    expect(near).toEqual([['6ES-100'], ['6ES-100'], []]);
  });

  test('a code suggests the codes that begin with all of it, if there are any', async () => {
    await service.ctx.sql`
      insert into product_codes (product_id, code) values
        (${world.products.motor}, 'near-m18-a'), (${world.products.cable}, 'near-m12-a')`;
    const answer = await enter(service.visitor(), { text: 'NEAR-M18\nNEAR-M19\nNEAR-M99' });
    const near = (answer.body.rows as Row[]).map((row) => row.candidates?.map(({ id }) => id).sort());
    const { motor, cable } = world.products;
    expect(near).toEqual([[motor], [motor, cable].sort(), [motor, cable].sort()]);
  });

  test('rows of one product add up, also with lines of the solution', async () => {
    const buyer = service.visitor();
    const { cableBrandt } = world.offers;
    await buyer.post(`${current}/lines`, {
      productId: world.products.cable,
      quantity: 100,
      offerIds: [cableBrandt],
    });
    const answer = await enter(buyer, { text: 'CAB-5 50\nBI-C5;30\nCAB-5,100\n6ES-100 1\n6ES-100 x 1' });
    expect(outcomesOf(answer)).toEqual([
      '1 added',
      '2 quantity_not_sellable',
      '3 added',
      '4 added',
      '5 added',
    ]);
    expect(answer.body.rows[1]).toMatchObject({ minimum: 100, packSize: 50, quantity: 30 });
    const { body: solution } = await buyer.get(current);
    expect(solution.lines).toMatchObject([{ quantity: 250 }, { quantity: 2 }]);
    // Neither row alone is a multiple of the pack size, but both together are.
    expect(outcomesOf(await enter(buyer, { text: 'CAB-5 20\nCAB-5 30' }))).toEqual(['1 added', '2 added']);
    expect((await buyer.get(current)).body.lines[0].quantity).toBe(300);
  });

  test('a dry run changes nothing, not even for a newcomer', async () => {
    const buyer = service.visitor();
    const answer = await enter(buyer, { text: '6ES-100 2\nNOPE', dryRun: true });
    expect(outcomesOf(answer)).toEqual(['1 matched', '2 not_found']);
    expect((await buyer.get(`${current}/summary`)).body).toMatchObject({ id: null, lines: 0 });
  });
});

describe('rows', () => {
  test('rows take quantities as numbers or text and refuse others', async () => {
    const buyer = service.visitor();
    const rows = [2, '3', undefined, null, '', 0, -1, 1.5, 'x', '1.000', 1e12, [1], ' 4 '].map(
      (quantity) => ({
        code: '6ES-100',
        quantity,
      }),
    );
    const answer = await enter(buyer, { rows });
    expect(outcomesOf(answer)).toEqual([
      '1 added',
      '2 added',
      '3 added',
      '4 added',
      '5 added',
      '6 quantity_not_positive',
      '7 quantity_not_positive',
      '8 quantity_not_whole',
      '9 quantity_not_a_number',
      '10 quantity_unclear',
      '11 quantity_too_large',
      '12 quantity_not_a_number',
      '13 added',
    ]);
    expect((await buyer.get(current)).body.lines).toMatchObject([{ quantity: 12 }]);
  });

  test('a list of 2,000 rows takes as many statements as a short one, and a longer list is refused', async () => {
    const buyer = service.visitor();
    await buyer.get(current);
    await service.ctx.sql`
      with made as (
        insert into products (category_id, kind, name, code, name_folded, search_text)
        select category_id, 'product', 'Bolt ' || n, 'BOLT-' || n, 'bolt', 'bolt' from products, generate_series(1, 2000) n
        where products.id = ${world.products.motor} returning id, code
      ), coded as (insert into product_codes (product_id, code) select id, lower(code) from made)
      insert into offers (product_id, vendor_id, sku, price, currency, unit)
      select id, ${world.vendors.brandt}::bigint, code, 0.05, 'EUR', 'piece' from made`;
    const list = (rows: number) =>
      Array.from({ length: rows }, (_, n) => `BOLT-${n + 1}\t${n + 1}`).join('\n');
    const few = await service.countStatements(() => enter(buyer, { text: `${list(2)}\nNOPE` }));
    const other = service.visitor();
    await other.get(current);
    let answer: Awaited<ReturnType<typeof enter>> | undefined;
    const many = await service.countStatements(async () => {
      answer = await enter(other, { text: `${list(1999)}\nNOPE` });
    });
    expect(answer?.body.counts).toEqual({ added: 1999, ambiguous: 0, notFound: 1, refused: 0 });
    expect(many).toBe(few);
    expect(many).toBeLessThanOrEqual(8);
    const { body: solution } = await other.get(`${current}?page=20&perPage=100`);
    expect(solution.linesTotal).toBe(1999);
    expect(solution.lines).toHaveLength(99);
    expect(solution.lines[98]).toMatchObject({
      position: 1999,
      quantity: 1999,
      product: { code: 'BOLT-1999' },
    });

    for (const body of [
      { text: list(2001) },
      {
        rows: list(2001)
          .split('\n')
          .map((code) => ({ code })),
      },
    ]) {
      const refused = await enter(other, body);
      expect(refused.status).toBe(422);
      expect(refused.body.errors[0].code).toBe('too_many_items');
    }
    expect((await other.get(`${current}/summary`)).body.lines).toBe(1999);
  });

  test('a list is given as text or as rows', async () => {
    const buyer = service.visitor();
    for (const body of [{}, { text: 'A', rows: [] }, { text: 5 }, { rows: [{}] }])
      expect((await enter(buyer, body)).status).toBe(422);
    expect((await enter(buyer, { text: ' \n\n' })).body.rows).toEqual([]);
  });

  test('a list of any text is answered row by row', async () => {
    const buyer = service.visitor();
    const text = [
      '\u0000',
      "'; drop table solutions; --",
      '%_\\',
      '🙂\ud83d 5',
      '"""',
      '€ 5',
      'a'.repeat(5000),
    ].join('\n');
    const answer = await enter(buyer, { text });
    expect(answer.status).toBe(200);
    expect(answer.body.rows.every((row: Row) => ['not_found', 'skipped'].includes(row.status))).toBe(true);
    expect(answer.body.rows).toHaveLength(6);
  });
});

test('six lists sent at once are all added, with distinct positions', async () => {
  const buyer = service.visitor();
  await buyer.get(current);
  await Promise.all(Array.from({ length: 6 }, (_, n) => enter(buyer, { text: `6ES-100\nBOLT-${n + 1}` })));
  const { body: solution } = await buyer.get(current);
  expect(solution.lines.map((line: { position: number }) => line.position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(
    solution.lines.find((line: { product: { code: string } }) => line.product.code === '6ES-100').quantity,
  ).toBe(6);
});

test('the database computes the same key of a code as the service', async () => {
  const all = Array.from({ length: 0x2fff }, (_, at) => String.fromCodePoint(at + 1));
  const codes = ['IS-M18/F8', 'Ärmel 5/8"', '6004–ZZ', 'ＡＢ－1', ...all].map(fold).filter(Boolean);
  const rows = await service.ctx.sql<{ key: string }[]>`
    select compact_code(code) as key from unnest(${codes}::text[]) with ordinality as c(code, nth) order by nth`;
  const differing = codes.filter((code, at) => rows[at]?.key !== compactCode(code));
  expect(differing).toEqual([]);
});
