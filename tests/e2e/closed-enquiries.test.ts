import { afterAll, expect, test } from 'vitest';
import { answer, linkOf } from '../server/requests/answers.ts';
import { sendUsual, type WantedLine } from '../server/requests/people.ts';
import { startWithWorld } from '../world.ts';

/** What the page of a partner says after an answer, and once nothing can be answered any more. */
const { service, world } = await startWithWorld({ pages: true });
afterAll(() => service.drain({ includeLater: true }));
const headers = { origin: service.config.publicUrl, accept: 'text/html' };

async function pageOf(token: string, query = ''): Promise<string> {
  const page = await service.outsider().request<string>('GET', `/e/${token}${query}`, undefined, headers);
  expect(page.status).toBe(200);
  return page.body;
}

test('a partner who has answered is not told of a mail that was not sent yet, nor of a choice that is over', async () => {
  const asked: WantedLine[] = [{ product: 'sensor', quantity: 4, ask: ['sensorSever', 'sensorBrandt'] }];
  const buyer = service.visitor();
  const request = await sendUsual(buyer, world, asked);
  const token = await linkOf(service, request.id, world.mail.sever);
  expect(await pageOf(token)).toMatch(/Any of you can answer|its link works for anyone/);
  const sent = await answer(service.outsider(), token, [{ price: '4100' }]);
  const open = await pageOf(token, '?sent=1');
  expect(open).toContain('gets an e-mail about it shortly unless they order before that');
  expect(open).not.toContain('e-mailed the buyer');

  const acceptance = {
    quotes: [{ quoteId: sent.body.id, lineIds: request.lines.map(({ id }) => id) }],
    delivery: { place: 'Brno, gate 2', country: 'CZ' },
  };
  expect((await buyer.post(`/api/requests/${request.id}/acceptance`, acceptance)).status).toBe(200);
  const brandt = await linkOf(service, request.id, world.mail.brandt);
  for (const closed of [await pageOf(token, '?sent=1'), await pageOf(brandt)]) {
    expect(closed).not.toMatch(/gets an e-mail|Any of you can answer|its link works for anyone|Not your job/);
    expect(closed).toContain('This link is for');
  }
});

test('the foot of a partner’s page speaks to the partner, that of a buyer’s page to the buyer', async () => {
  const buyer = service.visitor();
  const request = await sendUsual(buyer, world);
  const token = await linkOf(service, request.id, world.mail.sever);
  const footOf = (page: string) => /<footer[^]*<\/footer>/.exec(page)?.[0];
  expect(footOf(await pageOf(token))).toMatch(/Answering is free/);
  expect(footOf(await pageOf(token))).not.toMatch(/You order when you accept/);
  const own = await buyer.request<string>('GET', `/requests/${request.id}`, undefined, headers);
  expect(footOf(own.body)).toMatch(/You order when you accept/);
});
