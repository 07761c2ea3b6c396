import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { deliveries } from '#db/tables/deliveries.ts';
import { deadlineIn } from '#server/common/zones.ts';
import type { Request } from '#server/requests/schema.ts';
import type { Client } from '../../../harness.ts';
import type { ReceivedMail } from '../../../mail-sink.ts';
import { startWithWorld } from '../../../world.ts';
import { assemble, jana, send, sendBody, sendUsual, tokenFor } from '../people.ts';

const { service, world } = await startWithWorld({ env: { LIMIT_REQUESTS_PER_HOUR: '1000' } });
let buyer: Client;

beforeEach(() => {
  buyer = service.visitor();
  service.mail.received.length = 0;
});

const one = (address: string): ReceivedMail => {
  const [mail, ...others] = service.mail.to(address);
  if (!mail || others.length > 0) throw new Error(`${others.length + 1} mails to ${address}`);
  return mail;
};
const header = (mail: ReceivedMail, name: string) =>
  mail.headers.find(({ key }) => key === name.toLowerCase())?.value;
const bothParts = (mail: ReceivedMail) => `${mail.text}\n${mail.html}`;
const addresses = (text: string) => text.match(/https?:\/\/[^\s"'<>]*/gi) ?? [];

async function sent(more: Record<string, unknown> = {}): Promise<Request> {
  const request = await sendUsual(buyer, world, undefined, more);
  await service.drain();
  return request;
}

describe('the mail to one of a vendor’s people', () => {
  test('the mail names its recipient and the request, and that a machine sent it', async () => {
    const request = await sent();
    const mail = one(world.mail.katrin);
    expect(mail.to).toEqual([{ name: 'Katrin Vogel', address: world.mail.katrin }]);
    expect(mail.from).toMatchObject({ name: 'Quoteline', address: 'quoteline@quoteline.example' });
    expect(mail.subject).toBe(`Request for quote ${request.number}, 1 line`);
    expect(header(mail, 'X-Quoteline-Kind')).toBe('enquiry');
    expect(header(mail, 'X-Quoteline-Request')).toBe(request.number);
    expect(header(mail, 'Auto-Submitted')).toBe('auto-generated');
    expect(mail.messageId).toMatch(/^<[0-9a-f-]{36}@quoteline\.test>$/);
    const [row] = await service.ctx.db
      .select()
      .from(deliveries)
      .where(eq(deliveries.messageId, mail.messageId!));
    expect(Math.floor(row!.decidedAt.getTime() / 1000)).toBe(new Date(mail.date!).getTime() / 1000);
  });

  test("the mail holds one link, its recipient's own, in both parts", async () => {
    await sent();
    const tokens = [world.mail.brandt, world.mail.katrin].map((address) => {
      const mail = one(address);
      expect(addresses(mail.text ?? '')).toHaveLength(1);
      expect(addresses(mail.html ?? '')).toEqual(addresses(mail.text ?? ''));
      return tokenFor(service, address, 'e');
    });
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) {
      const [row] = await service.ctx.db
        .select()
        .from(deliveries)
        .where(eq(deliveries.id, service.ctx.links.claimedId(token)!));
      expect(row?.kind).toBe('enquiry');
    }
  });

  test("the mail holds the vendor's own lines and nothing of other vendors", async () => {
    await sent();
    const text = bothParts(one(world.mail.katrin));
    expect(text).toContain('6ES-100');
    expect(text).toContain('BI-100');
    expect(text).toContain('€35.00');
    for (const foreign of ['Sever', 'Wisła', 'MOT-7', 'ES-S1', 'RSD', 'PLN', '4,500']) {
      expect(text).not.toContain(foreign);
    }
  });

  test('the mail is in the recipient’s language, with the deadline in the zone of the request', async () => {
    const request = await sent({
      deadline: new Date(service.clock.now().getTime() + 86_400_000).toISOString(),
    });
    const mail = one(world.mail.milan);
    expect(mail.subject).toMatch(new RegExp(`^Zahtev za ponudu ${request.number}, 2 stavke, odgovor do `));
    expect(mail.html).toContain('<html lang="sr">');
    expect(mail.text).toContain('10 komada');
    expect(mail.text).toMatch(/149\.000,00\sRSD/);
    expect(mail.text).toMatch(/\d\d:\d\d \(UTC\)/);
    expect(one(world.mail.brandt).subject).toContain('answer by');
  });

  test('the mails of an order say that it is an order', async () => {
    const solution = await assemble(buyer, world, [{ product: 'motor', quantity: 2 }]);
    await send(buyer, sendBody(solution, { kind: 'order' }));
    await service.drain();
    expect(one(world.mail.ivana).subject).toMatch(/^Porudžbina QL-/);
    const copy = one(jana.email);
    expect(copy.subject).toMatch(/^Your order QL-/);
    // An order commits its buyer, so a mail about somebody else's order must not be ignored.
    const notYours = 'If you did not place this order, tell the partner named above at once';
    for (const part of [copy.text, copy.html]) expect(part).toContain(notYours);
    expect(bothParts(copy)).not.toContain('You are not committed to anything');
    expect(copy.text).toContain('can see the order and decide about it');
  });
});

describe('the deadline of a request', () => {
  const shown = (day: string, locale: string) =>
    new Intl.DateTimeFormat(locale, {
      ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' },
    }).format(new Date(`${day}T00:00:00Z`));
  const dayAfter = (days: number) =>
    new Date(service.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);

  // The vendors are in Belgrade, Berlin and Warsaw: for a buyer west of them the day ends on their next one.
  test.each([
    [undefined, 'UTC'],
    ['Europe/London', 'London'],
    ['Europe/Belgrade', 'Belgrade'],
    ['America/New_York', 'New York'],
  ])('every mail names the day that a buyer in %s chose', async (timeZone, city) => {
    const day = dayAfter(5);
    const request = await sent({ deadline: day, ...(timeZone ? { timeZone } : {}) });
    const named = shown(day, 'en-GB');
    const asked = one(world.mail.brandt);
    expect(asked.subject).toBe(`Request for quote ${request.number}, 1 line, answer by ${named}`);
    expect(asked.text).toContain(`${named}, 24:00 (${city})`);
    expect(bothParts(one(jana.email))).toContain(`${named}, 24:00 (${city})`);
    const serbian = one(world.mail.milan);
    const ownCity = city === 'Belgrade' ? 'Beograd' : city;
    expect(serbian.subject).toContain(`odgovor do ${shown(day, 'sr-Latn-RS')}`);
    expect(bothParts(serbian)).toContain(`${shown(day, 'sr-Latn-RS')}, 24:00 (${ownCity})`);
    for (const text of [bothParts(asked), asked.subject, serbian.subject]) {
      expect(text).not.toContain(shown(dayAfter(6), 'en-GB'));
      expect(text).not.toContain(shown(dayAfter(6), 'sr-Latn-RS'));
    }
  });

  test('more time ends with the day that the buyer chose, in the zone of the request', async () => {
    const buyer = service.visitor();
    const more = { deadline: dayAfter(3), timeZone: 'America/New_York' };
    const request = await sendUsual(buyer, world, undefined, more);
    const enquiry = request.enquiries.find(({ vendor }) => vendor.name.startsWith('Brandt'));
    const day = dayAfter(9);
    const given = await buyer.post<Request>(`/api/requests/${request.id}/deadline`, {
      enquiryId: enquiry?.id,
      deadline: day,
    });
    expect([given.status, given.body.timeZone]).toEqual([200, 'America/New_York']);
    const deadline = given.body.enquiries.find(({ id }) => id === enquiry?.id)?.deadline ?? '';
    expect(deadlineIn('America/New_York', new Date(deadline))).toEqual({ day, time: '24:00' });
    await service.drain();
    const subject = `More time for ${request.number}: until ${shown(day, 'en-GB')}`;
    const mail = service.mail.to(world.mail.brandt).find((one) => one.subject === subject);
    expect(mail?.text).toContain(`${shown(day, 'en-GB')}, 24:00 (New York)`);
  });
});

describe('the buyer’s copy', () => {
  test('the copy names the day of the deadline in the buyer’s own zone', async () => {
    const day = new Date(service.clock.now().getTime() + 5 * 86_400_000).toISOString().slice(0, 10);
    await sent({ deadline: `${day}T11:30:00Z`, timeZone: 'Pacific/Auckland' });
    const tomorrow = new Date(Date.parse(day) + 86_400_000);
    const shown = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
    expect(bothParts(one(jana.email))).toContain(shown.format(tomorrow));
    expect(bothParts(one(jana.email))).not.toContain(shown.format(new Date(day)));
  });

  test('the copy holds the whole specification and the follow link, but no address of a vendor', async () => {
    const request = await sent({ message: 'Partial delivery is fine', delivery: 'DAP Brno' });
    const mail = one(jana.email);
    const text = bothParts(mail);
    expect(mail.subject).toBe(`Your request ${request.number}, 2 lines, sent to 3 partners`);
    for (const part of [
      '6ES-100',
      'MOT-7',
      'Elektro Sever',
      'Brandt',
      'Wisła',
      'Same batch',
      'DAP Brno',
      'Partial',
    ]) {
      expect(text).toContain(part);
    }
    expect(addresses(mail.text ?? '')).toHaveLength(1);
    expect(addresses(mail.html ?? '')).toEqual(addresses(mail.text ?? ''));
    const token = tokenFor(service, jana.email, 'f');
    expect((await service.outsider().get<Request>(`/api/follow/${token}`)).body.id).toBe(request.id);
    for (const address of [world.mail.sever, world.mail.milan]) expect(text).not.toContain(address);
  });

  test('the copy is in the language in which the buyer sent it', async () => {
    buyer.cookies.set('locale', 'sr');
    const request = await sent();
    expect(one(jana.email).subject).toBe(
      `Vaš zahtev ${request.number}, 2 stavke, poslat na adrese 3 partnera`,
    );
  });
});

describe('what people type', () => {
  const url = 'HTTPS://evil.example/login';
  const hostile = {
    contact: {
      ...jana,
      name: 'Eve "x" <eve@evil.example>\r\nBcc: victim@example.org',
      company: `Evil http://evil.example\r\nX-Quoteline-Kind: outcome {number}`,
    },
    message: `See ${url} and http://quoteline.test/e/forged\n<script>alert(1)</script><a href="http://x.example">x</a> {lines}`,
    delivery: { place: `<b>CZ</b> http://evil.example/${'p'.repeat(200)}` },
  };

  test('typed text never becomes a link, a tag or a header', async () => {
    const lines = [
      { product: 'motor' as const, quantity: 2, note: `http://evil.example <img src=x onerror=1>` },
    ];
    await sendUsual(buyer, world, lines, hostile);
    await service.drain();
    expect(service.mail.received).toHaveLength(4);
    expect(service.mail.to('victim@example.org')).toEqual([]);
    for (const mail of service.mail.received) {
      expect(new Set(addresses(bothParts(mail))).size).toBe(1);
      expect(addresses(mail.subject ?? '')).toEqual([]);
      expect(mail.html).not.toMatch(/<script|<img|<a href="http:\/\/x|<b>CZ/);
      expect(mail.headers.filter(({ key }) => key === 'bcc')).toEqual([]);
      expect(mail.headers.filter(({ key }) => key === 'x-quoteline-kind')).toHaveLength(1);
      // The typed address stays readable, but mail programs don't make it a link.
      expect(mail.text).toContain('HTTPS[:]//evil.example/login');
      expect(mail.text).toContain('{lines}');
    }
  });

  test('the HTML of a mail stays below 60 KB and its text below 250 KB, however many lines there are', async () => {
    const solution = await assemble(buyer, world);
    await service.ctx.db.execute(sql`
      with added as (
        insert into solution_lines (solution_id, product_id, position, quantity, note)
        select ${solution}::uuid, ${Number(world.products.sensor)}, n + 2, n, repeat('&<ž"', 500)
        from generate_series(1, 500) n returning id)
      insert into solution_line_offers select added.id, ${Number(world.offers.sensorBrandt)} from added`);
    await send(buyer, sendBody(solution, { message: '&'.repeat(5_000) }));
    await service.drain();
    for (const mail of service.mail.received) {
      expect(Buffer.byteLength(mail.html ?? '')).toBeLessThan(60_000);
      expect(Buffer.byteLength(mail.text ?? '')).toBeLessThan(250_000);
    }
    expect(one(world.mail.katrin).html).toMatch(/\d+ more lines: see the link/);
    expect(one(world.mail.katrin).text).toContain('401 more lines');
    expect(one(jana.email).text).toContain('402 more lines');
  });
});
