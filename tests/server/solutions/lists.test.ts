import { describe, expect, test } from 'vitest';
import { forgetLists } from '#server/solutions/lists/jobs.ts';
import type { List } from '#server/solutions/lists/schema.ts';
import type { CodeRows, Solution } from '#server/solutions/schema.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { hiding, sheets, zip } from './workbook.ts';

const { service, world } = await startWithWorld();

const current = '/api/solutions/current';
const enter = (buyer: Client, text: string) => buyer.post<List>(`${current}/lists`, { text });
const add = (buyer: Client, list: string, body: object = {}, key: string = crypto.randomUUID()) =>
  buyer.post<CodeRows & { code?: string }>(`${current}/lists/${list}/addition`, body, {
    'idempotency-key': key,
  });
const linesOf = async (buyer: Client) => (await buyer.get<Solution>(current)).body.lines;
const statesOf = ({ body }: { body: List }) =>
  body.rows.map(({ row, state, reason }) => [row, reason ?? state].join(' '));

async function upload(buyer: Client, bytes: Uint8Array, name = 'list.xlsx') {
  const form = new FormData();
  form.append('file', new File([new Uint8Array(bytes)], name));
  const cookie = [...buyer.cookies].map(([key, value]) => `${key}=${value}`).join('; ');
  const answer = await fetch(`${service.url}${current}/lists`, {
    method: 'POST',
    body: form,
    headers: { origin: service.config.publicUrl, ...(cookie && { cookie }) },
  });
  return { status: answer.status, body: (await answer.json()) as List & { code?: string } };
}

describe('reading a list', () => {
  test('a list is shown as it was understood, and adds nothing', async () => {
    const buyer = service.visitor();
    const answer = await enter(
      buyer,
      'Poz;Šifra;Naziv;Količina\n1;6es 100;Senzor;2\n2;MOT-7;Motor;\n3;NO-SUCH;?;4\n;Ukupno;;6\n',
    );
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      format: { encoding: 'utf-8', separator: ';', headingRow: 1 },
      columns: [
        { role: 'ignored' },
        { role: 'code', heading: 'Šifra' },
        { role: 'name' },
        { role: 'quantity' },
      ],
      questions: [],
    });
    expect(statesOf(answer)).toEqual([
      '1 heading',
      '2 ready',
      '3 quantity_missing',
      '4 not_found',
      '5 total',
    ]);
    expect(answer.body.rows[1]).toMatchObject({
      raw: '1;6es 100;Senzor;2',
      code: '6es 100',
      quantity: '2',
      product: { id: world.products.sensor, code: '6ES-100' },
      vendors: 3,
    });
    expect(answer.body.rows[1]?.offer?.vendor.name).toBeDefined();
    expect(await linesOf(buyer)).toEqual([]);
    expect((await buyer.get(`${current}/lists/${answer.body.id}`)).body).toEqual(answer.body);
  });

  const asking = ['10 Stk. MOT-7 à 5,52', 'MOT-7 5-10 pcs', 'MOT-7;ca. 10'];
  test.each(asking)('the row %o asks for its quantity', async (text) => {
    const row = { state: 'unclear', code: 'MOT-7', quantity: null };
    expect(await enter(service.visitor(), text)).toMatchObject({ body: { rows: [row], questions: [] } });
  });

  test('columns get other roles, and the rows follow', async () => {
    const buyer = service.visitor();
    const { body: list } = await enter(buyer, 'SKU;Wumm;Stock\n6ES-100;5;120\nMOT-7;3;7\n');
    expect(list.rows.map(({ reason }) => reason)).toEqual([
      'heading',
      'quantity_column_unknown',
      'quantity_column_unknown',
    ]);
    expect(list.questions).toMatchObject([{ code: 'quantity_column_unknown', rows: [2, 3] }]);
    const columns = [
      { index: 0, role: 'code' },
      { index: 1, role: 'quantity' },
    ];
    const changed = await buyer.put<List>(`${current}/lists/${list.id}`, { columns });
    expect(changed.body.rows.map(({ state, quantity }) => [state, quantity])).toEqual([
      ['skipped', null],
      ['ready', '5'],
      ['ready', '3'],
    ]);
    expect(changed.body.columns.map(({ role }) => role)).toEqual(['code', 'quantity', 'ignored']);
    expect((await add(buyer, list.id)).body.counts).toMatchObject({ added: 2 });
  });

  test('of a table with thousands of texts those columns are looked up that hold codes in a sample', async () => {
    const other = (row: number) => Array.from({ length: 12 }, (_, nth) => `X${row}-${nth}`);
    const row = (code: string, at: number) => [...other(at), code, 'note', String(at + 2)].join(';');
    const rows = Array.from({ length: 900 }, (_, at) => row(at === 450 ? '6ES-100' : 'MOT-7', at));
    const headings = [...other(0).map((_, at) => `Field${at}`), 'Code', 'Text', 'Qty'].join(';');
    for (const text of [rows.join('\n'), [headings, ...rows].join('\n')]) {
      const { body } = await enter(service.visitor(), text);
      const ready = body.rows.filter(({ state }) => state === 'ready');
      expect(ready.map(({ quantity }) => Number(quantity))).toEqual(rows.map((_, at) => at + 2));
      expect(new Set(ready.map(({ code }) => code))).toEqual(new Set(['MOT-7', '6ES-100']));
    }
  });

  test('a list without quantities means one of each, said once', async () => {
    const { body: list } = await enter(service.visitor(), '6ES-100\nMOT-7\n');
    expect(list.rows.map(({ quantity }) => quantity)).toEqual(['1', '1']);
    expect(list.questions).toMatchObject([{ code: 'no_quantities', rows: [1, 2] }]);
  });

  test('a unit in which no partner sells is asked about', async () => {
    const answer = await enter(service.visitor(), 'Code;Qty\n6ES-100;2 boxes\nMOT-7;1 pc\n');
    expect(statesOf(answer)).toEqual(['1 heading', '2 unit_differs', '3 ready']);
  });

  test('a workbook and a file in an old encoding are read', async () => {
    const buyer = service.visitor();
    const workbook = await upload(buyer, zip(sheets));
    expect(workbook.status).toBe(200);
    expect(workbook.body.format).toMatchObject({ encoding: 'xlsx', headingRow: 1 });
    expect(workbook.body.rows.map(({ code, quantity }) => [code, quantity])).toEqual([
      ['Code', null],
      ['6ES-100', '3'],
    ]);
    const text = Buffer.from('\u008aifra;Koli\u00e8ina\r\nMOT-7;2\r\n', 'latin1');
    const old = await upload(buyer, text, 'a.csv');
    expect(old.body.format.encoding).toBe('windows-1250');
    expect(old.body.rows[1]).toMatchObject({ state: 'ready', quantity: '2' });
  });

  test('rows, columns and sheets that a workbook hides are not read', async () => {
    const { body } = await upload(service.visitor(), zip(hiding));
    expect(body.rows.map(({ code, quantity, raw }) => [code, quantity, raw])).toEqual([
      ['Code', null, 'Code\t\tQty to order'],
      ['6ES-100', '3', '6ES-100\t\t3'],
    ]);
  });

  test('a file that is no list is refused with what it is', async () => {
    const buyer = service.visitor();
    const bomb = zip({ 'xl/workbook.xml': ' '.repeat(50_000_000) });
    const refused = [
      await upload(buyer, Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0])),
      await upload(buyer, Buffer.from('PK\u0003\u0004broken', 'latin1')),
      await upload(buyer, bomb),
      await upload(buyer, zip({ 'word/document.xml': '<w:p>MOT-7 2</w:p>' }), 'list.docx'),
      await upload(buyer, zip({ 'list.csv': 'MOT-7;2' }), 'list.zip'),
      await upload(buyer, Buffer.from('%PDF-1.7\n1 0 obj\nMOT-7 2\nendobj\n'), 'list.pdf'),
      await upload(buyer, Buffer.from('\ufeff{\\rtf1 MOT-7 2}'), 'list.rtf'),
      await upload(buyer, Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR MOT-7 2', 'latin1'), 'list.csv'),
      await upload(buyer, Buffer.from('\0\x01\0\x02MOT-7;2\r\n\0\0\x07\x06', 'latin1'), 'list.csv'),
      await upload(buyer, new Uint8Array()),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
      [422, 'list_old_workbook'],
      ...Array.from({ length: 8 }, () => [422, 'list_unreadable']),
      [422, 'invalid_input'],
    ]);
    const long = Array.from({ length: 2_001 }, (_, n) => `A-${n} 2`).join('\n');
    expect(await enter(buyer, long)).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'too_many_items' }] },
    });
  });
});

describe('adding a list', () => {
  test('the ready rows are added once per key, and the answer names the partners asked', async () => {
    const buyer = service.visitor();
    const { body: list } = await enter(buyer, 'MOT-7 2\nNO-SUCH 4\n6ES-100 x 1\n');
    const key = crypto.randomUUID();
    const [first, again] = [await add(buyer, list.id, {}, key), await add(buyer, list.id, {}, key)];
    expect(first.body.counts).toEqual({ added: 2, ambiguous: 0, notFound: 1, refused: 0 });
    expect(first.body.rows[0]).toMatchObject({
      status: 'added',
      offers: [{ vendor: { name: 'Elektro Sever' } }],
    });
    expect(again.body).toEqual(first.body);
    expect((await linesOf(buyer)).map(({ quantity }) => quantity)).toEqual([2, 1]);
    expect((await add(buyer, list.id, { ask: 'all' }, key)).body.code).toBe('idempotency_key_reused');
  });

  test("a partner's own code asks that partner, any other code the best one or everybody", async () => {
    const asked = async (text: string, body: object = {}) => {
      const buyer = service.visitor();
      const { body: list } = await enter(buyer, text);
      const answer = await add(buyer, list.id, body);
      return answer.body.rows[0]?.offers?.map(({ vendor }) => vendor.name).sort();
    };
    const [{ sku: own }] = await service.ctx.sql<[{ sku: string }]>`
      select sku from offers where id = ${world.offers.sensorWisla}`;
    expect(await asked(`${own} 2`)).toEqual(['Wisła Automatyka']);
    expect(await asked(`${own} 2`, { ask: 'all' })).toEqual(['Wisła Automatyka']);
    expect(await asked('6ES-100 2', { ask: 'all' })).toEqual([
      'Brandt Industrietechnik',
      'Elektro Sever',
      'Wisła Automatyka',
    ]);
    expect(await asked('6ES-100 2')).toHaveLength(1);
    expect(await asked('Code;Supplier;Qty\n6ES-100;wisła automatyka;2', { rows: [{ row: 2 }] })).toEqual([
      'Wisła Automatyka',
    ]);
    expect(await asked('6ES-100 2', { rows: [{ row: 1, offerIds: [world.offers.sensorSever] }] })).toEqual([
      'Elektro Sever',
    ]);
  });

  test('notes of rows become notes of lines, and rows of one product with other notes lines of their own', async () => {
    const buyer = service.visitor();
    const text = 'Code;Qty;Remarks\nMOT-7;1;for cabinet 2\nMOT-7;2;\nMOT-7;3;for cabinet 2\n';
    for (const times of [1, 2]) {
      const { body } = await enter(buyer, text);
      expect(body.rows[1]).toMatchObject({ state: 'ready', note: 'for cabinet 2' });
      expect((await add(buyer, body.id)).body.counts.added, `${times}`).toBe(3);
      const lines = (await linesOf(buyer)).map(({ quantity, note }) => [quantity, note]);
      expect(lines).toEqual([
        [4 * times, 'for cabinet 2'],
        [2 * times, ''],
      ]);
    }
  });

  test('named rows are corrected, and an empty quantity never becomes one', async () => {
    const buyer = service.visitor();
    const { body: list } = await enter(buyer, 'Code;Qty\nMOT-77;\n6ES-100;ten\nRLY-9;1\n');
    const rows = [{ row: 2, code: 'MOT-7', quantity: '' }, { row: 3, quantity: '10' }, { row: 4 }];
    const answer = await add(buyer, list.id, { rows });
    expect(answer.body.rows.map(({ reason, status }) => reason ?? status)).toEqual([
      'quantity_missing',
      'added',
      'vendor_not_reachable',
    ]);
    expect(
      (await add(buyer, list.id, { rows: [{ row: 2, code: 'MOT-7', quantity: 3 }] })).body.counts.added,
    ).toBe(1);
    expect((await add(buyer, list.id, { rows: [{ row: 99 }] })).status).toBe(422);
    expect((await linesOf(buyer)).map(({ quantity }) => quantity)).toEqual([10, 3]);
  });

  test('a list belongs to its buyer and is forgotten after a day', async () => {
    const buyer = service.visitor();
    const { body: list } = await enter(buyer, 'MOT-7 2');
    const stranger = service.visitor();
    await stranger.get(current);
    expect((await stranger.get(`${current}/lists/${list.id}`)).status).toBe(404);
    expect((await add(stranger, list.id)).status).toBe(404);
    service.clock.advance(25 * 3_600_000);
    expect((await buyer.get(`${current}/lists/${list.id}`)).status).toBe(404);
    await service.ctx.db.transaction((tx) => service.ctx.jobs.enqueue(tx, forgetLists, [{}]));
    await service.drain();
    expect(await service.ctx.sql`select from buyer_lists where id = ${list.id}`).toHaveLength(0);
  });

  test('a buyer keeps the newest twenty lists', async () => {
    const buyer = service.visitor();
    const first = await enter(buyer, 'MOT-7 1');
    for (let n = 0; n < 20; n += 1) await enter(buyer, `MOT-7 ${n + 2}`);
    expect((await buyer.get(`${current}/lists/${first.body.id}`)).status).toBe(404);
  });
});
