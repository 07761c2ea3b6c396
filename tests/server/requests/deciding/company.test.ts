import { expect, test } from 'vitest';
import type { EnquiryByLink } from '#server/requests/answering/schema.ts';
import { linkOf, linkPath } from '../answers.ts';
import { jana } from '../people.ts';
import { setUpRequests, type Vendor } from '../setup.ts';

const { service, world, vendor, sendAnswered } = await setUpRequests();
const person = { name: jana.name, email: jana.email };

async function sendWithoutCompany() {
  const sent = await sendAnswered({ sever: [], brandt: [], wisla: [] }, undefined, { contact: person });
  const { request, buyer, path } = sent;
  return {
    ...sent,
    buyerSeenBy: async (name: Vendor) => {
      const link = await linkOf(service, request.id, world.mail[name]);
      return (await vendor.get<EnquiryByLink>(linkPath(link))).body.request.buyer;
    },
    mailTo: (name: Vendor, subject: string) =>
      service.mail.to(world.mail[name]).find((mail) => mail.subject === `${request.number}: ${subject}`),
    acceptFor: (company: string, ...quotes: { quoteId: string; lineIds?: string[] }[]) =>
      buyer.post(`${path}/acceptance`, { quotes, company }),
  };
}

test('the company given on acceptance reaches only the partners whose lines were accepted', async () => {
  const { quote, first, second, acceptFor, buyerSeenBy, mailTo } = await sendWithoutCompany();
  expect(await buyerSeenBy('brandt')).toEqual(person);
  const chosen = { ...quote('brandt'), lineIds: [first] };
  expect((await acceptFor('Horáková s.r.o.', chosen)).status).toBe(200);
  expect(await buyerSeenBy('brandt')).toEqual({ ...person, company: 'Horáková s.r.o.' });
  expect(await buyerSeenBy('sever')).toEqual(person);
  expect(await buyerSeenBy('wisla')).toEqual(person);
  await service.drain({ includeLater: true });
  const won = mailTo('brandt', 'Horáková s.r.o. accepted part of your quote');
  expect(won?.text).toContain(`Contact: ${jana.name}, Horáková s.r.o., ${jana.email}`);
  const lost = mailTo('sever', `Vaša ponuda nije prihvaćena (${jana.name})`);
  expect(lost?.text).toContain(jana.name);
  expect(lost?.text).not.toContain('s.r.o.');

  // The partner of a later acceptance learns it, too.
  await acceptFor('Another a.s.', { ...quote('wisla'), lineIds: [second] });
  expect((await buyerSeenBy('wisla')).company).toBe('Horáková s.r.o.');
});

test('the company of the request stays when the acceptance names another one', async () => {
  const { request, buyer, path, quote } = await sendAnswered({ brandt: [] });
  await buyer.post(`${path}/acceptance`, { quotes: [quote('brandt')], company: 'Another a.s.' });
  const link = await linkOf(service, request.id, world.mail.brandt);
  const seen = (await vendor.get<EnquiryByLink>(linkPath(link))).body.request.buyer;
  expect(seen.company).toBe(jana.company);
});
