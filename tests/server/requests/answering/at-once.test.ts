import { afterEach, expect, test } from 'vitest';
import type { EnquiryByLink } from '#server/requests/answering/schema.ts';
import { startWithWorld } from '../../../world.ts';
import { answer, dayFrom, linkOf, linkPath } from '../answers.ts';
import { sendUsual } from '../people.ts';

const { service, world } = await startWithWorld();
const vendor = service.outsider();
afterEach(async () => void (await service.drain({ includeLater: true })));

/** Sends a request, and returns the links of two people at Brandt. */
async function twoPeople(): Promise<[string, string]> {
  const request = await sendUsual(service.visitor(), world);
  return [
    await linkOf(service, request.id, world.mail.brandt),
    await linkOf(service, request.id, world.mail.katrin),
  ];
}

const validUntil = () => dayFrom(service, 5);
const quoted = (token: string, basedOn: number) =>
  answer(vendor, token, [], { validUntil: validUntil(), basedOn });
const versions = async (token: string) =>
  (await vendor.get<EnquiryByLink>(linkPath(token))).body.quotes.map(({ version }) => version);

/** Declines all lines. */
async function declined(token: string, basedOn: number) {
  const { lines } = (await vendor.get<EnquiryByLink>(linkPath(token))).body;
  return vendor.post(linkPath(token, 'answer'), {
    ...{ currency: 'EUR', validUntil: validUntil(), basedOn },
    lines: lines.map(({ id }) => ({ lineId: id, decision: 'decline', reason: 'Not ours' })),
  });
}

test('of two people who answer at once the second is told, and replaces nothing', async () => {
  const [official, katrin] = await twoPeople();
  const answers = await Promise.all([quoted(official, 0), declined(katrin, 0)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'newer_answer' });
  expect(await versions(official)).toEqual([1]);
});

test('who has seen the newer answer may replace it', async () => {
  const [official, katrin] = await twoPeople();
  expect((await quoted(official, 0)).status).toBe(201);
  expect((await declined(katrin, 0)).status).toBe(409);
  expect((await declined(katrin, 1)).status).toBe(201);
  expect(await versions(official)).toEqual([2, 1]);
});

test('the same answer sent twice is one version, though the second saw none', async () => {
  const [official] = await twoPeople();
  const [first, second] = [await quoted(official, 0), await quoted(official, 0)];
  expect([first.status, second.body.version]).toEqual([201, 1]);
  expect(second.status).toBeLessThan(300);
});
