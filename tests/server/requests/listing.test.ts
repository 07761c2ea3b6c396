import { describe, expect, test } from 'vitest';
import type { RequestList } from '#server/requests/schema.ts';
import type { Client } from '../../harness.ts';
import { sendUsual } from './people.ts';
import { setUpRequests } from './setup.ts';

const { world, service, sendAnswered } = await setUpRequests();

async function listed(browser: Client, query: Record<string, string>): Promise<RequestList> {
  return (await browser.get<RequestList>(`/api/requests?${new URLSearchParams(query)}`)).body;
}
const numbers = ({ items }: RequestList) => items.map(({ number }) => number);

describe('the list of requests', () => {
  test('words find requests by number, title, product and partner, whatever accents they have', async () => {
    const buyer = service.visitor();
    await buyer.get('/api/solutions/current');
    await buyer.patch('/api/solutions/current', { name: 'Rešenje za Čačak' });
    const first = await sendUsual(buyer, world, [{ product: 'cable', quantity: 100, ask: ['cableWisla'] }]);
    const second = await sendUsual(buyer, world, [{ product: 'motor', quantity: 1, ask: ['motorSever'] }]);
    for (const [q, found] of [
      ['resenje cacak', [first.number]],
      ['ČAČAK', [first.number]],
      ['wisla', [first.number]],
      ['mot-7', [second.number]],
      [second.number.toLowerCase(), [second.number]],
      ['sever mot-7', [second.number]],
      ['wisla mot-7', []],
      ['%', []],
    ] as const) {
      const list = await listed(buyer, { q });
      expect([numbers(list), list.total], q).toEqual([found, found.length]);
    }
    expect(numbers(await listed(buyer, {}))).toEqual([second.number, first.number]);
  });

  test('choosing by a status finds those whose status it is', async () => {
    const statuses = ['sent', 'partly_answered', 'answered', 'partly_accepted', 'accepted', 'closed'];
    const declined = [{ decision: 'decline' }, { decision: 'decline' }];
    const sent = await sendAnswered({});
    const partly = await sendAnswered({ sever: [{}] });
    const all = await sendAnswered({ sever: [{}], brandt: [{}, {}], wisla: [{}, {}] });
    const some = await sendAnswered({ brandt: [{}, {}] });
    await some.accept({ ...some.quote('brandt'), lineIds: [some.first] });
    const whole = await sendAnswered({ brandt: [{}, {}] });
    await whole.accept(whole.quote('brandt'));
    const closed = await sendAnswered({
      sever: [{ decision: 'decline' }],
      brandt: declined,
      wisla: declined,
    });
    const revised = await sendAnswered({ sever: [{}] });
    const enquiryId = (await revised.enquiryOf('sever')).id;
    await revised.buyer.post(`${revised.path}/revision`, { enquiryId, message: 'Sooner?' });
    for (const { buyer, request } of [sent, partly, all, some, whole, closed, revised]) {
      const [item] = (await listed(buyer, {})).items;
      for (const status of statuses) {
        const found = numbers(await listed(buyer, { status }));
        expect(found, `${item?.status}, asked for ${status}`).toEqual(
          status === item?.status ? [request.number] : [],
        );
      }
    }
    const seen = await Promise.all(
      [sent, partly, all, some, whole, closed].map(
        async ({ buyer }) => (await listed(buyer, {})).items[0]?.status,
      ),
    );
    expect(seen).toEqual(statuses);
  });

  test('it holds nothing of others, and refuses unknown statuses', async () => {
    const buyer = service.visitor();
    const { number } = await sendUsual(buyer, world);
    const other = service.visitor();
    await other.get('/api/solutions/current');
    for (const browser of [other, service.visitor()])
      expect(await listed(browser, { q: number })).toMatchObject({ items: [], total: 0 });
    expect((await buyer.get('/api/requests?status=lost')).status).toBe(422);
  });
});
