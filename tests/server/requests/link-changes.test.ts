import { describe, expect, test } from 'vitest';
import { revokeAllLinks } from '#server/requests/service.ts';
import type { Request } from '#server/requests/schema.ts';
import { stillClock } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { answer, dayFrom, linkPath } from './answers.ts';
import { jana, sendUsual, tokenFor } from './people.ts';

const { service, world } = await startWithWorld({ clock: stillClock() });
const outsider = service.outsider();
const dayMs = 86_400_000;

async function sent() {
  const buyer = service.visitor();
  const request = await sendUsual(buyer, world);
  await service.drain();
  const tokens = {
    sever: tokenFor(service, world.mail.sever, 'e'),
    milan: tokenFor(service, world.mail.milan, 'e'),
    brandt: tokenFor(service, world.mail.brandt, 'e'),
    follow: tokenFor(service, jana.email, 'f'),
  };
  const enquiry = request.enquiries.find(({ vendor }) => vendor.id === world.vendors.sever);
  const milan = enquiry?.deliveries.find(({ name }) => name === 'Milan Petrović');
  if (!enquiry || !milan) throw new Error('Milan was not asked');
  const seen = async () => (await buyer.get<Request>(`/api/requests/${request.id}`)).body;
  return { buyer, request, tokens, enquiry, milan, seen };
}
const statusOf = async (token: string) => (await outsider.get(linkPath(token))).status;
const follow = async (token: string) => (await outsider.get(`/api/follow/${token}`)).status;
const newest = (address: string) => service.mail.to(address).at(-1);

describe('a person’s link', () => {
  test('the buyer withdraws one person’s link at once and is told by mail; colleagues’ links work on', async () => {
    const { buyer, tokens, enquiry, milan, seen } = await sent();
    const path = `/api/enquiries/${enquiry.id}/links/${milan.id}`;
    const bad = await outsider.get(linkPath('A'.repeat(54)));
    for (const times of [1, 2]) expect((await buyer.delete(path)).status, `${times}`).toBe(204);
    const refused = await outsider.get(linkPath(tokens.milan));
    expect([refused.status, refused.body]).toEqual([bad.status, bad.body]);
    expect([await statusOf(tokens.sever), await statusOf(tokens.brandt)]).toEqual([200, 200]);
    const states = (await seen()).enquiries.find(({ id }) => id === enquiry.id)?.deliveries;
    expect(states?.find(({ id }) => id === milan.id)?.status).toBe('revoked');
    await service.drain();
    expect(newest(jana.email)?.subject).toMatch(/^A link of QL-.* was revoked$/);
    expect(newest(jana.email)?.text).toContain('The link of Milan Petrović at Elektro Sever was revoked.');
    const before = service.mail.to(world.mail.milan).length;
    await buyer.post(`/api/enquiries/${enquiry.id}/messages`, { text: 'To those who may read it' });
    await service.drain();
    expect(service.mail.to(world.mail.milan)).toHaveLength(before);
    expect(newest(world.mail.sever)?.text).toContain('To those who may read it');
  });

  test('a mail that was not sent yet is withdrawn with its link', async () => {
    const buyer = service.visitor();
    const request = await sendUsual(buyer, world, [{ product: 'motor', quantity: 1, ask: ['motorSever'] }]);
    const [enquiry] = request.enquiries;
    const official = enquiry?.deliveries.find(({ to }) => to === 'vendor');
    await buyer.delete(`/api/enquiries/${enquiry?.id}/links/${official?.id}`);
    const before = service.mail.to(world.mail.sever).length;
    await service.drain();
    expect(service.mail.to(world.mail.sever)).toHaveLength(before);
  });

  test('a new link replaces the former one and goes to its person, who keeps their draft', async () => {
    const { buyer, tokens, enquiry, milan } = await sent();
    await outsider.put(linkPath(tokens.milan, 'draft'), { typed: 'half' });
    const renewed = await buyer.post(`/api/enquiries/${enquiry.id}/links/${milan.id}`);
    expect(renewed).toMatchObject({ status: 201, body: { id: milan.id, name: 'Milan Petrović' } });
    expect(await statusOf(tokens.milan)).toBe(404);
    await service.drain();
    const token = tokenFor(service, world.mail.milan, 'e');
    expect(token).not.toBe(tokens.milan);
    expect((await outsider.get(linkPath(token))).body.draft.body).toEqual({ typed: 'half' });
    // Withdrawn and renewed again: neither of the former ones comes back.
    await buyer.delete(`/api/enquiries/${enquiry.id}/links/${milan.id}`);
    await buyer.post(`/api/enquiries/${enquiry.id}/links/${milan.id}`);
    expect([await statusOf(tokens.milan), await statusOf(token)]).toEqual([404, 404]);
    await service.drain();
    expect(await statusOf(tokenFor(service, world.mail.milan, 'e'))).toBe(200);
  });

  test('the holder of the follow link ends and renews links of its own request alone', async () => {
    const { tokens, enquiry, milan } = await sent();
    const other = await sent();
    const path = (of: typeof other) =>
      `/api/follow/${tokens.follow}/enquiries/${of.enquiry.id}/links/${of.milan.id}`;
    for (const method of ['delete', 'post'] as const)
      expect((await outsider[method](path(other))).status, method).toBe(404);
    const own = `/api/follow/${tokens.follow}/enquiries/${enquiry.id}/links/${milan.id}`;
    expect((await outsider.delete(own)).status).toBe(204);
    expect([await statusOf(tokens.milan), await statusOf(other.tokens.milan)]).toEqual([404, 200]);
    expect((await outsider.post(own)).status).toBe(201);
    await service.drain();
    expect(await statusOf(tokenFor(service, world.mail.milan, 'e'))).toBe(200);
  });

  test('a vendor’s person ends and renews links of their own enquiry alone', async () => {
    const { tokens, enquiry, milan, request } = await sent();
    const own = (await outsider.get(linkPath(tokens.sever))).body;
    // Revoking the link by which the page was opened would end the page.
    const official = enquiry.deliveries.find(({ to }) => to === 'vendor');
    expect(own.deliveries.map(({ id }: { id: string }) => id)).not.toContain(official?.id);
    expect(own.deliveries).toContainEqual(
      expect.objectContaining({ id: milan.id, to: 'agent', status: 'sent' }),
    );
    expect((await outsider.delete(linkPath(tokens.brandt, `links/${milan.id}`))).status).toBe(404);
    expect((await outsider.delete(linkPath(tokens.sever, `links/${milan.id.toUpperCase()}`))).status).toBe(
      204,
    );
    expect(await statusOf(tokens.milan)).toBe(404);
    await service.drain();
    expect(newest(jana.email)?.text).toContain('Elektro Sever revoked it.');
    expect((await outsider.post(linkPath(tokens.sever, `links/${milan.id}`))).status).toBe(201);
    await service.drain();
    expect(await statusOf(tokenFor(service, world.mail.milan, 'e'))).toBe(200);
    const stranger = service.visitor();
    expect((await stranger.delete(`/api/enquiries/${enquiry.id}/links/${milan.id}`)).status).toBe(404);
    expect((await stranger.delete(`/api/requests/${request.id}/follow-link`)).status).toBe(404);
  });
});

describe('a follow link', () => {
  test('the owner withdraws it, is told, and gets mails that lead to the request itself until there is a new one', async () => {
    const { buyer, request, tokens } = await sent();
    expect((await buyer.delete(`/api/requests/${request.id}/follow-link`)).status).toBe(204);
    expect(await follow(tokens.follow)).toBe(404);
    await service.drain();
    expect(newest(jana.email)?.links).toEqual([`http://quoteline.test/requests/${request.id}`]);
    expect((await buyer.post(`/api/requests/${request.id}/follow-link`)).status).toBe(204);
    await service.drain();
    expect(await follow(tokens.follow)).toBe(404);
    expect(await follow(tokenFor(service, jana.email, 'f'))).toBe(200);
  });

  test('it ends a year after the last day on which anybody could act', async () => {
    const { tokens } = await sent();
    const before = service.clock.now();
    await answer(outsider, tokens.sever, [], { validUntil: dayFrom(service, 40) });
    // The answer is valid for 40 days, the vendors' links 90 days longer.
    service.clock.advance((40 + 90 + 364) * dayMs);
    expect(await follow(tokens.follow)).toBe(200);
    service.clock.advance(3 * dayMs);
    expect(await follow(tokens.follow)).toBe(404);
    service.clock.set(before);
    await service.drain({ includeLater: true });
  });
});

test('an operator ends all links of a request, with --renew for new ones, and its owner is told in one mail', async () => {
  const { request, tokens } = await sent();
  const now = service.clock.now();
  expect(await revokeAllLinks(service.ctx, 'QL-26-99999', { renew: false }, now)).toBeNull();
  const people = await revokeAllLinks(service.ctx, request.number, { renew: true }, now);
  expect(people).toBeGreaterThan(4);
  for (const token of [tokens.sever, tokens.milan, tokens.brandt]) expect(await statusOf(token)).toBe(404);
  expect(await follow(tokens.follow)).toBe(404);
  await service.drain();
  expect(await statusOf(tokenFor(service, world.mail.brandt, 'e'))).toBe(200);
  const toBuyer = service.mail.to(jana.email).map(({ subject }) => subject);
  const revoked = toBuyer.filter((subject) => subject === `The links of ${request.number} were revoked`);
  expect(revoked).toHaveLength(1);
  expect(toBuyer).not.toContain(`A link of ${request.number} was revoked`);
  await revokeAllLinks(service.ctx, request.number, { renew: false }, now);
  await service.drain();
  expect(await statusOf(tokenFor(service, world.mail.brandt, 'e'))).toBe(404);
});

describe('the security log', () => {
  test('links that are withdrawn, renewed and used afterwards are told from forged ones', async () => {
    const counts = () =>
      ['link_revoked', 'link_renewed', 'link_outdated', 'link_forged'].map(
        (event) => service.ctx.security.counts().get(event as 'link_forged') ?? 0,
      );
    const { buyer, request, tokens, enquiry, milan } = await sent();
    const before = counts();
    const since = () => counts().map((count, index) => count - (before[index] ?? 0));
    await buyer.delete(`/api/enquiries/${enquiry.id}/links/${milan.id}`);
    expect(await statusOf(tokens.milan)).toBe(404);
    expect(since()).toEqual([1, 0, 1, 0]);
    expect((await buyer.post(`/api/enquiries/${enquiry.id}/links/${milan.id}`, {})).status).toBe(201);
    // The former link stays outdated, and the links of others are no business of the log.
    expect([await statusOf(tokens.milan), await statusOf(tokens.sever)]).toEqual([404, 200]);
    expect(since()).toEqual([1, 1, 2, 0]);
    await buyer.delete(`/api/requests/${request.id}/follow-link`);
    expect(await follow(tokens.follow)).toBe(404);
    expect(since()).toEqual([2, 1, 3, 0]);
    expect(await follow(`${tokens.follow.slice(0, -1)}${tokens.follow.endsWith('A') ? 'B' : 'A'}`)).toBe(404);
    expect(since()).toEqual([2, 1, 3, 1]);
    // An operator's command runs in a process of its own, so the service's worker notes it.
    const { number } = request;
    const now = service.clock.now();
    const people = (await revokeAllLinks(service.ctx, number, { renew: false }, now)) ?? 0;
    await service.drain();
    // All but the follow link, which was revoked before.
    expect(since()).toEqual([1 + people, 1, 3, 1]);
    await revokeAllLinks(service.ctx, number, { renew: true }, now);
    await service.drain();
    expect(since()).toEqual([1 + people, 1 + people, 3, 1]);
    // What is refused has not been done.
    expect((await service.visitor().delete(`/api/requests/${request.id}/follow-link`)).status).toBe(404);
    expect(since()).toEqual([1 + people, 1 + people, 3, 1]);
    await service.drain();
  });
});
