import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { start, type TestService } from '../../harness.ts';
import { createWorld, type World } from '../../world.ts';
import { assemble, jana, send, sendBody, sendUsual } from './people.ts';

let service: TestService;
let world: World;

beforeAll(async () => {
  service = await start();
  world = await createWorld(service.ctx.db);
});
afterAll(async () => {
  await service.drain();
  await service.end();
});

describe('sending a solution', () => {
  test('freezes it, splits it by vendor and names the enquiries', async () => {
    const buyer = service.visitor();
    const sent = await send(buyer, sendBody(await assemble(buyer, world)));

    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({ kind: 'quote', status: 'sent' });
    expect(sent.body.number).toMatch(/^QL-\d\d-\d{5}$/);
    expect(sent.body.enquiries.map((enquiry) => enquiry.vendor.name).toSorted()).toEqual([
      'Brandt Industrietechnik',
      'Elektro Sever',
      'Wisła Automatyka',
    ]);
    const { body } = await buyer.get(`/api/requests/${sent.body.id}`);
    expect(body.lines.map((line: { position: number; quantity: number }) => [line.position, line.quantity])).toEqual([
      [1, 10],
      [2, 2],
    ]);
  });
});
