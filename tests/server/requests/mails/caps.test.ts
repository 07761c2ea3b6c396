import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Request } from '#server/requests/schema.ts';
import { sendDigests } from '#server/platform/mailing/digests.ts';
import type { Client } from '../../../harness.ts';
import type { ReceivedMail } from '../../../mail-sink.ts';
import { startBeside, stillClock, thisMorning } from '../../../harness.ts';
import { startWithWorld } from '../../../world.ts';
import { addPerson, loggedIn } from '../../buyers/people.ts';
import { dayFrom } from '../answers.ts';
import { assemble, sendUsual, type WantedLine } from '../people.ts';

// Ten minutes past ten, with the limits people meet.
const { service, world } = await startWithWorld({
  clock: stillClock(new Date(thisMorning().getTime() + 600_000)),
  env: {
    LIMIT_MAILS_PER_PARTNER_ADDRESS: '20',
    LIMIT_MAILS_PER_UNPROVEN_ADDRESS: '5',
    LIMIT_REQUESTS_PER_HOUR: '10000',
  },
});

const hourMs = 3_600_000;
const lines: WantedLine[] = [{ product: 'motor', quantity: 2, ask: ['motorSever'] }];
const kindOf = (mail: ReceivedMail) => mail.headers.find(({ key }) => key === 'x-quoteline-kind')?.value;
const ofKind = (address: string, kind: string) =>
  service.mail.to(address).filter((mail) => kindOf(mail) === kind);

async function send(email: string, buyer: Client = service.visitor()): Promise<Request> {
  const contact = { name: 'Jana', email };
  return sendUsual(buyer, world, lines, { contact });
}

async function untilNextHour(): Promise<void> {
  const next = (Math.floor(service.clock.now().getTime() / hourMs) + 1) * hourMs;
  service.clock.set(new Date(next));
  await sendDigests(service.ctx);
  await service.drain();
}

test('a partner’s address gets twenty enquiry mails within an hour and the others as one digest', async () => {
  const requests: Request[] = [];
  // From as many addresses of buyers, as the cap is the recipient's.
  for (let number = 0; number < 23; number += 1) requests.push(await send(`buyer-${number}@many.example`));
  await service.drain();
  for (const address of [world.mail.sever, world.mail.milan]) {
    expect(ofKind(address, 'enquiry')).toHaveLength(20);
  }
  const waiting = (await service.visitor().get('/')).status;
  expect(waiting).toBe(404);
  const held = requests.slice(20).map(({ enquiries }) => enquiries[0]?.deliveries ?? []);
  expect(held.flat().map(({ status, goesOutAt }) => [status, goesOutAt?.slice(11, 19)])).toEqual(
    held.flat().map(() => ['waiting', '11:00:00']),
  );
  // Nothing goes out early, and only once.
  expect(await sendDigests(service.ctx)).toBe(0);
  await untilNextHour();
  expect(await sendDigests(service.ctx)).toBe(0);
  const digests = ofKind(world.mail.sever, 'digest');
  expect(digests).toHaveLength(1);
  const [digest] = digests as [ReceivedMail];
  expect(digest.subject).toBe('3 upita čekaju Vaš odgovor');
  expect(digest.headers.some(({ key }) => key === 'x-quoteline-request')).toBe(false);
  const links = digest.links.filter((link) => link.includes('/e/'));
  expect(links).toHaveLength(3);
  expect(digest.links).toHaveLength(3);
  const vendor = service.outsider();
  const numbers = await Promise.all(
    links.map(
      async (link) => (await vendor.get(`/api/enquiry-links/${link.split('/').at(-1)}`)).body.request.number,
    ),
  );
  expect(numbers.toSorted()).toEqual(
    requests
      .slice(20)
      .map(({ number }) => number)
      .toSorted(),
  );
  for (const { number } of requests.slice(20)) {
    expect(digest.text).toContain(number);
    expect(digest.html).toContain(number);
  }
});

test('a partner’s address gets twenty messages of buyers within an hour and the others as one digest', async () => {
  const buyer = service.visitor();
  const { enquiries } = await send('writer@many.example', buyer);
  const path = `/api/enquiries/${enquiries[0]?.id}/messages`;
  const before = ofKind(world.mail.sever, 'digest').length;
  for (let number = 0; number < 23; number += 1)
    expect((await buyer.post(path, { text: `Message ${number}` })).status).toBe(201);
  await service.drain();
  expect(ofKind(world.mail.sever, 'enquiry-message')).toHaveLength(20);
  await untilNextHour();
  const digests = ofKind(world.mail.sever, 'digest').slice(before);
  // The enquiry itself may wait, too: its address has its twenty.
  const news = digests.filter(({ subject }) => subject?.startsWith('Novosti o'));
  expect(news.map(({ subject }) => subject)).toEqual(['Novosti o 1 upitu']);
  const [link = ''] = news[0]?.links.filter((url) => url.includes('/e/')) ?? [];
  const seen = await service.outsider().get(`/api/enquiry-links/${link.split('/').at(-1)}`);
  expect(seen.body.messages).toHaveLength(23);
});

test('what was held counts as sent once its digest is', async () => {
  const buyer = service.visitor();
  for (let number = 0; number < 21; number += 1) await send(`again-${number}@many.example`);
  const request = await send('last@many.example', buyer);
  await service.drain();
  await untilNextHour();
  const { body } = await buyer.get<Request>(`/api/requests/${request.id}`);
  const states = body.enquiries.flatMap(({ deliveries }) => deliveries);
  expect(states.map(({ status, goesOutAt }) => [status, goesOutAt])).toEqual(
    states.map(() => ['sent', undefined]),
  );
});

test('an address that nobody proved gets five confirmations within an hour and the others as one digest', async () => {
  service.clock.advance(2 * hourMs);
  const email = `flood-${randomUUID()}@x.example`;
  for (let number = 0; number < 8; number += 1) await send(email);
  await service.drain();
  expect(ofKind(email, 'request-copy')).toHaveLength(5);
  await untilNextHour();
  const [digest, ...others] = ofKind(email, 'digest');
  expect(others).toEqual([]);
  expect(digest?.links.filter((link) => link.includes('/f/'))).toHaveLength(3);
  expect(service.mail.to(email)).toHaveLength(6);
});

test('the account that owns the address gets every confirmation, and nobody waits for answers', async () => {
  service.clock.advance(2 * hourMs);
  const email = await addPerson(service);
  const buyer = await loggedIn(service, email);
  const requests: Request[] = [];
  for (let number = 0; number < 7; number += 1) requests.push(await send(email, buyer));
  await service.drain();
  expect(ofKind(email, 'request-copy')).toHaveLength(7);
  const vendor = service.outsider();
  for (const mail of ofKind(world.mail.sever, 'enquiry').slice(-7)) {
    const token = mail.links
      .find((link) => link.includes('/e/'))
      ?.split('/')
      .at(-1);
    const asked = (await vendor.get(`/api/enquiry-links/${token}`)).body;
    const answered = await vendor.post(`/api/enquiry-links/${token}/answer`, {
      currency: 'RSD',
      validUntil: dayFrom(service, 5),
      lines: [
        { lineId: asked.lines[0].id, decision: 'offer', unitPrice: { amount: '52000', currency: 'RSD' } },
      ],
    });
    expect(answered.status).toBe(201);
  }
  await service.drain({ includeLater: true });
  expect(ofKind(email, 'answer-digest')).toHaveLength(7);
});

test('the cap is exact for requests at once in two processes, and a digest is sent once', async () => {
  service.clock.advance(2 * hourMs);
  const before = ofKind(world.mail.sever, 'enquiry').length;
  const beside = await startBeside(service);
  const at = [service, beside];
  const email = `race-${randomUUID()}@x.example`;
  const sendings = Array.from({ length: 26 }, async (_, index) => {
    const buyer = (at[index % 2] ?? service).visitor();
    const body = {
      solutionId: await assemble(buyer, world, lines),
      kind: 'quote',
      contact: { name: 'R', email },
    };
    const { status } = await buyer.post('/api/requests', body, { 'idempotency-key': randomUUID() });
    expect(status).toBe(201);
  });
  await Promise.all(sendings);
  await service.drain();
  expect(ofKind(world.mail.sever, 'enquiry')).toHaveLength(before + 20);
  expect(ofKind(email, 'request-copy')).toHaveLength(5);
  const digestsBefore = ofKind(world.mail.sever, 'digest').length;
  service.clock.advance(hourMs);
  const queued = await Promise.all([
    sendDigests(service.ctx),
    sendDigests(beside.ctx),
    sendDigests(service.ctx),
  ]);
  // Sever's address, its two agents and the buyer's.
  expect(queued.reduce((sum, count) => sum + count, 0)).toBe(4);
  await service.drain();
  expect(ofKind(world.mail.sever, 'digest')).toHaveLength(digestsBefore + 1);
  expect(ofKind(world.mail.sever, 'digest').at(-1)?.links).toHaveLength(6);
  expect(ofKind(email, 'digest')[0]?.links).toHaveLength(21);
  const [left] = await service.ctx.sql`select count(*)::int as count from waiting_mails`;
  expect(left?.count).toBe(0);
  await beside.end();
});
