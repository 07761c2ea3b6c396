import { expect, test } from 'vitest';
import type { List } from '#server/solutions/lists/schema.ts';
import type { CodeRows, Solution } from '#server/solutions/schema.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';

/* What a list's rows become together with lines that are there, and with each other. */

const { service, world } = await startWithWorld();

const current = '/api/solutions/current';
const read = async (buyer: Client, text: string) =>
  (await buyer.post<List>(`${current}/lists`, { text })).body;
const add = async (buyer: Client, list: List, body: object = {}, key: string = crypto.randomUUID()) =>
  (await buyer.post<CodeRows>(`${current}/lists/${list.id}/addition`, body, { 'idempotency-key': key })).body;
const linesOf = async (buyer: Client) => (await buyer.get<Solution>(current)).body.lines;

/** A buyer whose solution has the motor, then five sensors asked of one vendor. */
async function buyerOfSensors(offer = world.offers.sensorSever): Promise<Client> {
  const buyer = service.visitor();
  const lines = `${current}/lines`;
  await buyer.post(lines, { productId: world.products.motor, quantity: 1 });
  await buyer.post(lines, { productId: world.products.sensor, quantity: 5, offerIds: [offer] });
  return buyer;
}

test('rows that add to a line say before and afterwards which it is and what its quantity becomes', async () => {
  const buyer = await buyerOfSensors();
  const list = await read(buyer, '6ES-100;10\nCAB-5;100');
  const joins = { position: 2, before: 5, added: 10, quantity: 15, rows: 1 };
  expect(list.rows.map((row) => row.joins)).toEqual([joins, undefined]);
  expect(list.rows[0]?.asks).toEqual(['Elektro Sever']);
  const { rows } = await add(buyer, list);
  expect(rows.map((row) => row.joins)).toEqual([joins, undefined]);
  expect((await linesOf(buyer)).map(({ quantity }) => quantity)).toEqual([1, 15, 100]);
});

test('rows of one product say that they become one line', async () => {
  const buyer = service.visitor();
  const list = await read(buyer, '6ES-100;10\nCAB-5;100\n6ES-100;4');
  const joins = { position: null, before: 0, added: 14, quantity: 14, rows: 2 };
  expect(list.rows.map((row) => row.joins)).toEqual([joins, undefined, joins]);
  expect(list.rows[0]).not.toHaveProperty('asks');
});

test('a repeated addition of many rows says the same of the lines that they joined', async () => {
  const buyer = await buyerOfSensors();
  const list = await read(buyer, Array.from({ length: 700 }, () => '6ES-100;1').join('\n'));
  const key = crypto.randomUUID();
  const [first, again] = [await add(buyer, list, {}, key), await add(buyer, list, {}, key)];
  expect(first.rows[0]?.joins).toEqual({ position: 2, before: 5, added: 700, quantity: 705, rows: 700 });
  expect(again).toEqual(first);
});

test('everybody is asked for a whole list also where a line, or another of its rows, asks one vendor', async () => {
  const everybody = ['Brandt Industrietechnik', 'Elektro Sever', 'Wisła Automatyka'];
  const asked = async (buyer: Client, text: string) => {
    const { rows } = await add(buyer, await read(buyer, text), { ask: 'all' });
    return rows.map(({ offers = [] }) => offers.map(({ vendor }) => vendor.name).sort());
  };
  expect(await asked(await buyerOfSensors(), '6ES-100;10')).toEqual([everybody]);
  const [{ sku }] = await service.ctx.sql<[{ sku: string }]>`
    select sku from offers where id = ${world.offers.sensorWisla}`;
  expect(await asked(service.visitor(), `${sku};1\n6ES-100;10`)).toEqual([everybody, everybody]);
  expect(await asked(await buyerOfSensors(), `${sku};1\n6ES-100;10`)).toEqual([everybody, everybody]);
});

test('a row with a name instead of a code gives the name, and keeps its quantity with the product taken for it', async () => {
  const buyer = service.visitor();
  const list = await read(buyer, 'Name;Code;Qty\nProximity sensor;;4\nMotor;NO-SUCH;3');
  expect(list.rows.slice(1)).toMatchObject([
    { state: 'unclear', reason: 'code_missing', name: 'Proximity sensor', quantityText: '4' },
    { state: 'not_found', name: 'Motor', quantity: '3' },
  ]);
  const rows = [
    { row: 2, code: '', quantity: '4', productId: world.products.sensor },
    { row: 3, code: 'NO-SUCH', quantity: '3', productId: world.products.motor },
  ];
  expect((await add(buyer, list, { rows })).counts.added).toBe(2);
  expect((await linesOf(buyer)).map(({ quantity }) => quantity)).toEqual([4, 3]);
  // Without a heading for it, too.
  const [, bare] = (await read(buyer, 'Code;Wumm;Qty\nMOT-7;Motor;1\n;Proximity sensor;4')).rows.slice(1);
  expect(bare).toMatchObject({ reason: 'code_missing', name: 'Proximity sensor' });
});
