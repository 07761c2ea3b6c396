import { expect, test } from 'vitest';
import type { EnquiryByLink } from '#server/requests/answering/schema.ts';
import type { Request } from '#server/requests/schema.ts';
import { stillClock } from '../../../harness.ts';
import { startWithWorld } from '../../../world.ts';
import { answer, dayFrom, linkOf, linkPath } from '../answers.ts';
import { sendUsual, type WantedLine } from '../people.ts';

// A clock that stands still, so that all times of both requests are the same.
const { service, world } = await startWithWorld({ clock: stillClock() });
const vendor = service.outsider();

const own: WantedLine[] = [
  { product: 'sensor', quantity: 10, ask: ['sensorBrandt'], note: 'Same batch' },
  { product: 'service', quantity: 1, ask: ['serviceBrandt'] },
];
const [sensor, commissioning] = own as [WantedLine, WantedLine];
const among: WantedLine[] = [
  { product: 'motor', quantity: 2, ask: ['motorSever'] },
  { ...sensor, ask: ['sensorSever', 'sensorBrandt', 'sensorWisla'] },
  { product: 'cable', quantity: 100, ask: ['cableWisla'] },
  commissioning,
];

/** Returns everything that the people at Brandt get in the course of a request. */
async function seenAtBrandt(lines: WantedLine[]): Promise<unknown[]> {
  const before = service.mail.received.length;
  const buyer = service.visitor();
  const deadline = new Date(service.clock.now().getTime() + 86_400_000).toISOString();
  const request = await sendUsual(buyer, world, lines, { deadline, message: 'Both together' });
  const tokens = {
    official: await linkOf(service, request.id, world.mail.brandt),
    katrin: await linkOf(service, request.id, world.mail.katrin),
  };
  const look = async () => [
    (await vendor.get<EnquiryByLink>(linkPath(tokens.official))).body,
    (await vendor.get<EnquiryByLink>(linkPath(tokens.katrin))).body,
  ];
  const seen: unknown[] = await look();
  const wrong = await vendor.post(linkPath(tokens.katrin, 'answer'), {
    ...{ currency: 'EUR', validUntil: dayFrom(service, 5) },
    lines: [{ lineId: 'x', decision: 'offer' }],
  });
  seen.push(wrong.status, wrong.body);
  const sent = await answer(vendor, tokens.katrin, [], { validUntil: dayFrom(service, 5) });
  seen.push(sent.status, sent.body, ...(await look()));
  const enquiry = request.enquiries.find(({ vendor: { id } }) => id === world.vendors.brandt);
  if (!enquiry) throw new Error('Brandt was not asked');
  await buyer.post(`/api/enquiries/${enquiry.id}/messages`, { text: 'Thanks' });
  const serviceLine = request.lines.find(({ product }) => product.id === world.products.service);
  const accepted = await buyer.post<Request>(`/api/requests/${request.id}/acceptance`, {
    quotes: [{ quoteId: sent.body.id, lineIds: [serviceLine?.id] }],
  });
  expect(accepted.status).toBe(200);
  seen.push(...(await look()));
  await service.drain({ includeLater: true });
  const mails = service.mail.received.slice(before);
  for (const address of [world.mail.brandt, world.mail.katrin]) {
    const to = mails.filter(({ recipient }) => recipient === address);
    // The queue's order of mails doesn't matter.
    seen.push(
      to
        .map(({ subject, text, html, headers }) => ({ subject, text, html, headers }))
        .toSorted((a, b) => (a.subject ?? '').localeCompare(b.subject ?? '')),
    );
  }
  return seen.map((one) => withoutNames(one, request.number, Object.values(tokens)));
}

/** Replaces what names this request: its number, its tokens, its ids in the order of appearance. */
function withoutNames(seen: unknown, number: string, tokens: string[]): string {
  const ids: string[] = [];
  let text = JSON.stringify(seen, null, 1).replaceAll(number, 'NUMBER');
  for (const token of tokens) text = text.replaceAll(token, 'TOKEN');
  return text
    .replaceAll(/boundary=\\?"[^"\\]+|--_NmP[^"\s]+/g, 'BOUNDARY')
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
      if (!ids.includes(id)) ids.push(id);
      return `ID${ids.indexOf(id)}`;
    });
}

test('a vendor gets exactly the same whether others are asked for other lines or not', async () => {
  const alone = await seenAtBrandt(own);
  const beside = await seenAtBrandt(among);
  expect(beside).toEqual(alone);
  expect(alone.join()).toContain('"position": 2');
});

test('the ids of a vendor’s lines neither count nor tell the time', async () => {
  const request = await sendUsual(service.visitor(), world, among);
  for (const { id } of request.lines) expect(id).toMatch(/^.{14}4/);
  await service.drain();
});
