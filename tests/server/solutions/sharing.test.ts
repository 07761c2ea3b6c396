import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { startWithWorld } from '../../world.ts';
import { addPerson, loggedIn } from '../buyers/people.ts';
import { assemble } from '../requests/people.ts';

const { service, world } = await startWithWorld();
const newBuyer = async () => loggedIn(service, await addPerson(service));
type Browser = Awaited<ReturnType<typeof newBuyer>>;

async function withSolution(): Promise<{ buyer: Browser; id: string }> {
  const buyer = await newBuyer();
  const id = await assemble(buyer, world);
  await buyer.patch(`/api/solutions/${id}`, { name: 'Pump panel' });
  return { buyer, id };
}
const tokenOf = (url: string): string => url.slice(`${service.config.publicUrl}/s/`.length);
const shared = (token: string, client = service.outsider()) => client.get(`/api/shared-solutions/${token}`);

describe('a solution shared by a link', () => {
  test('everybody with the link reads it, without its buyer', async () => {
    const { buyer, id } = await withSolution();
    const { url } = (await buyer.put(`/api/solutions/${id}/share`, {})).body;
    expect(url).toMatch(new RegExp(`^${service.config.publicUrl}/s/[\\w-]+$`));
    const seen = await shared(tokenOf(url));
    expect(seen.status).toBe(200);
    expect(seen.body).toMatchObject({ name: 'Pump panel', linesTotal: 2 });
    expect(Object.keys(seen.body).sort()).toEqual(
      ['lines', 'linesTotal', 'listTotal', 'name', 'split', 'totals', 'updatedAt'].sort(),
    );
    expect([seen.headers.get('cache-control'), seen.headers.get('referrer-policy')]).toEqual([
      'no-store',
      'no-referrer',
    ]);
  });

  test('sharing again answers the same link, and a link that was ended never works again', async () => {
    const { buyer, id } = await withSolution();
    const path = `/api/solutions/${id}/share`;
    const pressed = await Promise.all([buyer.put(path, {}), buyer.put(path, {})]);
    const [url, second] = pressed.map(({ body }) => body.url as string);
    expect(second).toBe(url);
    expect((await buyer.get(path)).body).toEqual({ url });
    for (let press = 0; press < 2; press += 1) expect((await buyer.delete(path)).status).toBe(204);
    expect((await buyer.get(path)).body).toEqual({ url: null });
    const ended = await shared(tokenOf(url!));
    expect([ended.status, ended.body.code]).toEqual([404, 'link_not_valid']);
    const again = (await buyer.put(path, {})).body.url as string;
    expect(again).not.toBe(url);
    expect((await shared(tokenOf(url!))).status).toBe(404);
    expect((await shared(tokenOf(again))).status).toBe(200);
  });

  test('only its buyer shares it, with an account', async () => {
    const { id } = await withSolution();
    const other = await newBuyer();
    const guest = service.visitor();
    const own = await assemble(guest, world);
    for (const [browser, of, status] of [
      [other, id, 404],
      [other, randomUUID(), 404],
      [guest, own, 401],
    ] as const) {
      expect((await browser.put(`/api/solutions/${of}/share`, {})).status).toBe(status);
      expect((await browser.delete(`/api/solutions/${of}/share`)).status).toBe(status);
      expect((await browser.get(`/api/solutions/${of}/share`)).status).toBe(status);
    }
  });

  test('a link of another kind opens nothing', async () => {
    const { id } = await withSolution();
    expect((await shared(service.ctx.links.issue('follow', id, 0))).status).toBe(404);
    // Not shared: nobody was given version 0.
    expect((await shared(service.ctx.links.issue('shared-solution', id, 0))).status).toBe(404);
  });

  test('a guest takes a copy of their own, which the original does not follow', async () => {
    const { buyer, id } = await withSolution();
    const token = tokenOf((await buyer.put(`/api/solutions/${id}/share`, {})).body.url);
    const guest = service.visitor();
    const key = { 'idempotency-key': randomUUID() };
    const copy = await guest.post('/api/solutions/copies', { token }, key);
    expect(copy.status).toBe(201);
    expect(copy.body).toMatchObject({ name: 'Pump panel', current: true, linesTotal: 2 });
    expect((await guest.post('/api/solutions/copies', { token }, key)).body.id).toBe(copy.body.id);
    expect((await guest.get('/api/solutions/current')).body.id).toBe(copy.body.id);
    const line = copy.body.lines[0].id;
    await guest.delete(`/api/solutions/${copy.body.id}/lines/${line}`);
    expect((await shared(token)).body.linesTotal).toBe(2);
    await buyer.delete(`/api/solutions/${id}/share`);
    expect((await guest.post('/api/solutions/copies', { token })).status).toBe(404);
  });
});

describe('copying a solution', () => {
  test('the copy has the lines with options, notes and whom they ask, and becomes the current one', async () => {
    const { buyer, id } = await withSolution();
    const original = (await buyer.get(`/api/solutions/${id}`)).body;
    const copy = await buyer.post(`/api/solutions/${id}/copies`, {}, { 'idempotency-key': 'copy' });
    expect(copy.status).toBe(201);
    expect(copy.body.id).not.toBe(id);
    const contents = ({ lines }: { lines: Record<string, any>[] }) =>
      lines.map((line) => [
        ...[line['product'].id, line['quantity'], line['note'], line['position']],
        line['offers'].filter((offer: { asked: boolean }) => offer.asked).map(({ id }: { id: string }) => id),
      ]);
    expect(contents(copy.body)).toEqual(contents(original));
    expect((await buyer.get('/api/solutions/current')).body.id).toBe(copy.body.id);
    const repeated = await buyer.post(`/api/solutions/${id}/copies`, {}, { 'idempotency-key': 'copy' });
    expect(repeated.body.id).toBe(copy.body.id);
    expect((await buyer.get('/api/solutions')).body.total).toBe(2);
  });

  test('two tabs that copy leave one current solution', async () => {
    const { buyer, id } = await withSolution();
    const copies = await Promise.all([0, 1].map(() => buyer.post(`/api/solutions/${id}/copies`, {})));
    expect(copies.map(({ status }) => status)).toEqual([201, 201]);
    const { items } = (await buyer.get<{ items: { current: boolean }[] }>('/api/solutions')).body;
    expect(items.map(({ current }) => current).filter(Boolean)).toHaveLength(1);
  });

  test('nobody copies what is not theirs, and guests are asked to log in', async () => {
    const { id } = await withSolution();
    const guest = service.visitor();
    const own = await assemble(guest, world);
    expect((await (await newBuyer()).post(`/api/solutions/${id}/copies`, {})).status).toBe(404);
    expect((await guest.post(`/api/solutions/${own}/copies`, {})).status).toBe(401);
  });
});
