import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vendors } from '#db/tables/vendors.ts';
import type { Comparison } from '#server/requests/comparing/schema.ts';
import type { Request } from '#server/requests/schema.ts';
import { type Client, start, type TestService } from '../harness.ts';
import { createWorld, type World } from '../world.ts';
import { answer, dayFrom, linkOf } from '../server/requests/answers.ts';
import { assemble, sendUsual, tokenFor } from '../server/requests/people.ts';

/** Pages on which a buyer compares two partners, of whom one is rated. */
let service: TestService;
let world: World;
let buyer: Client;
let request: Request;
beforeAll(async () => {
  service = await start({ pages: true });
  world = await createWorld(service.ctx.db);
  await service.ctx.db
    .update(vendors)
    .set({ ratingCount: 3, ratingTotal: 15 })
    .where(eq(vendors.id, Number(world.vendors.sever)));
  buyer = service.visitor();
  request = await sendUsual(buyer, world);
  const token = await linkOf(service, request.id, world.mail.sever);
  await answer(service.outsider(), token, [], { validUntil: dayFrom(service, 10) });
  await service.drain();
  await assemble(buyer, world);
});
afterAll(async () => {
  await service.drain({ includeLater: true });
  await service.end();
});

// (5 x 3.5 + 15) / (5 + 3) = 4.06
const rating = { average: 4.1, count: 3 };
const name = 'Call rating';
const words = '4.1 of 5, 3 ratings';

test("the answers to a request show each partner's rating", async () => {
  const { body } = await buyer.get<Request>(`/api/requests/${request.id}`);
  const ofRequest = body.enquiries.map(({ vendor }) => [vendor.name, vendor.rating]);
  expect(ofRequest).toContainEqual(['Elektro Sever', rating]);
  expect(ofRequest.filter(([, mark]) => mark === null)).toHaveLength(2);
  const comparison = await buyer.get<Comparison>(`/api/requests/${request.id}/comparison`);
  expect(comparison.body.vendors.map(({ vendor }) => [vendor.name, vendor.rating])).toEqual(ofRequest);
});

test('every page that names a partner shows its rating, and nothing for a partner without one', async () => {
  const follow = tokenFor(service, 'jana@morava.example', 'f');
  const pages: [path: string, times: number][] = [
    ['/search?q=motor', 1],
    // The offer, the chosen partner's card, and a similar product.
    [`/p/${world.products.motor}`, 3],
    ['/partners', 1],
    // The partner's heading, and their two products.
    ['/partners/sever', 3],
    // The two lines that ask the partner, and the split.
    ['/solution', 3],
    ['/solution/review', 1],
    // The head of the comparison, and the partner's section.
    [`/requests/${request.id}`, 2],
    [`/f/${follow}`, 2],
  ];
  for (const [path, times] of pages) {
    let page = await buyer.get<string>(path);
    const moved = page.headers.get('location');
    if (moved) page = await buyer.get<string>(moved);
    const shown = page.body.split(name).length - 1;
    expect([path, page.status, shown, page.body.includes(words)]).toEqual([path, 200, times, true]);
  }
});
