import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { quoteLines, quotes } from '#db/tables/quotes.ts';
import { deliveries } from '#db/tables/deliveries.ts';
import { words as callBackEn } from '#server/call-backs/words/en/mails.ts';
import { words as callBackSr } from '#server/call-backs/words/sr/mails.ts';
import { acceptanceCopyMail, answerDigestMail, outcomeMail } from '#server/requests/mails/kinds.ts';
import { mailBuyer, mailVendors } from '#server/requests/mails/queue.ts';
import { words as requestsEn } from '#server/requests/words/en/mails.ts';
import { words as requestsSr } from '#server/requests/words/sr/mails.ts';
import type { Request } from '#server/requests/schema.ts';
import type { ReceivedMail } from '../../../mail-sink.ts';
import { startWithWorld } from '../../../world.ts';
import { jana, sendUsual, tokenFor } from '../people.ts';

const { service, world } = await startWithWorld();
let request: Request;
const at = new Date();

beforeAll(async () => {
  request = await sendUsual(service.visitor(), world);
  await service.drain();
});
beforeEach(() => {
  service.mail.received.length = 0;
});

const enquiryOf = (name: string) => request.enquiries.find(({ vendor }) => vendor.name.startsWith(name))!;
const mailTo = (address: string): ReceivedMail => service.mail.to(address)[0]!;
const kindsOf = (mails: ReceivedMail[]) =>
  new Set(
    mails.flatMap(({ headers }) =>
      headers.filter(({ key }) => key === 'x-quoteline-kind').map(({ value }) => value),
    ),
  );

/** Inserts a vendor's answer that offers every line at that price, or declines all; returns its id. */
async function quoted(vendor: string, version: number, unitPrice: string | null, currency: string) {
  const { db } = service.ctx;
  const enquiry = enquiryOf(vendor);
  const [holder] = (await db.select().from(deliveries)).filter(({ subjectId }) => subjectId === enquiry.id);
  const [quote] = await db
    .insert(quotes)
    .values({
      enquiryId: enquiry.id,
      version,
      currency,
      validUntil: '2026-12-31',
      expiresAt: new Date('2026-12-31T23:00:00Z'),
      deliveryId: holder!.id,
      answeredBy: vendor,
      contentHash: `${vendor} ${version}`,
      createdAt: new Date(at.getTime() + version),
    })
    .returning();
  await db.insert(quoteLines).values(
    enquiry.lineIds.map((requestLineId) => ({
      quoteId: quote!.id,
      enquiryId: enquiry.id,
      requestLineId,
      ...(unitPrice === null
        ? { decision: 'decline' as const, reason: 'Sold out' }
        : { decision: 'offer' as const, unitPrice, quantity: 10, leadTimeDays: 7 }),
    })),
  );
  return quote!.id;
}

async function mailOutcome(
  vendor: string,
  content: { outcome: 'won' | 'won_in_part' | 'lost'; quoteId?: string; lineIds: string[] },
) {
  const news = {
    enquiryId: enquiryOf(vendor).id,
    kind: outcomeMail,
    reason: JSON.stringify(content),
    content,
  };
  await service.ctx.db.transaction((tx) => mailVendors(tx, service.ctx, [news], at));
  await service.drain();
}

describe('outcomes', () => {
  test('a vendor that won in part reads its own lines at its own prices, and nothing of other vendors', async () => {
    const quoteId = await quoted('Elektro Sever', 1, '4400.0000', 'RSD');
    const [line] = enquiryOf('Elektro Sever').lineIds;
    await mailOutcome('Elektro Sever', { outcome: 'won_in_part', quoteId, lineIds: [line!] });
    const mail = mailTo(world.mail.milan);
    expect(mail.subject).toContain('deo Vaše ponude je prihvaćen');
    expect(mail.text).toMatch(/4\.400,00\sRSD/);
    expect(mail.text).toMatch(/44\.000,00\sRSD/);
    expect(mail.text).toContain('6ES-100');
    expect(mail.text).not.toContain('MOT-7');
    for (const foreign of ['Brandt', 'Wisła', 'EUR', '€', 'PLN']) expect(mail.text).not.toContain(foreign);
    expect(service.mail.received).toHaveLength(3);
    expect(kindsOf(service.mail.received)).toEqual(new Set(['outcome']));
  });

  test('a vendor that lost learns neither to whom nor at what price', async () => {
    await mailOutcome('Brandt', { outcome: 'lost', lineIds: [] });
    const { subject, text } = mailTo(world.mail.katrin);
    expect(subject).toContain('did not accept your quote');
    for (const foreign of ['Sever', 'Wisła', 'RSD', 'PLN', '4400']) expect(text).not.toContain(foreign);
    expect(text).not.toMatch(/\d[.,]\d\d/);
  });

  test("a vendor that won reads that its quote was accepted, and the buyer's address", async () => {
    const quoteId = await quoted('Wisła', 1, '150.0000', 'PLN');
    await mailOutcome('Wisła', { outcome: 'won', quoteId, lineIds: enquiryOf('Wisła').lineIds });
    expect(mailTo(world.mail.wisla).subject).toBe(`${request.number}: ${jana.company} accepted your quote`);
    expect(mailTo(world.mail.wisla).text).toContain(jana.email);
  });

  test('every mail to one person carries the link they got first', async () => {
    const { links } = service.ctx;
    await mailOutcome('Brandt', { outcome: 'lost', lineIds: ['again'] });
    const rows = await service.ctx.db.select().from(deliveries);
    for (const address of [world.mail.brandt, world.mail.katrin]) {
      const first = rows.find((row) => row.kind === 'enquiry' && row.toEmail === address);
      expect(links.claimedId(tokenFor(service, address, 'e'))).toBe(first?.id);
    }
  });
});

describe('news for the buyer', () => {
  async function mailOneToBuyer<C extends object>(
    news: Parameters<typeof mailBuyer<C>>[2],
  ): Promise<ReceivedMail> {
    await service.ctx.db.transaction((tx) => mailBuyer(tx, service.ctx, news, at));
    await service.drain();
    expect(service.mail.received).toHaveLength(1);
    expect(tokenFor(service, jana.email, 'f')).toBe(service.ctx.links.issue('follow', request.id, 1));
    return mailTo(jana.email);
  }

  test('a digest lists the answers that it is about, with their versions, sums and validity', async () => {
    const quoteIds = [
      await quoted('Elektro Sever', 2, '4300.0000', 'RSD'),
      await quoted('Brandt', 1, null, 'EUR'),
    ];
    const mail = await mailOneToBuyer({
      requestId: request.id,
      kind: answerDigestMail,
      reason: 'first',
      content: { quoteIds },
    });
    expect(mail.subject).toBe(`2 answers to ${request.number}`);
    expect(mail.text).toContain('- Elektro Sever, version 2');
    expect(mail.text).toMatch(/2 of 2 lines offered, RSD\s86,000\.00, valid until Thu, 31 Dec 2026/);
    expect(mail.text).toContain('Declined the line');
  });

  test('the copy of an acceptance says what was accepted, from whom and at what price', async () => {
    const quoteId = await quoted('Brandt', 2, '0.0185', 'EUR');
    const [lineId] = enquiryOf('Brandt').lineIds;
    const content = { lines: [{ quoteId, lineId: lineId! }] };
    const mail = await mailOneToBuyer({
      requestId: request.id,
      kind: acceptanceCopyMail,
      reason: 'x',
      content,
    });
    expect(mail.subject).toBe(`You accepted 1 line of ${request.number}`);
    expect(mail.text).toContain('From Brandt Industrietechnik');
    expect(mail.text).toContain('€0.0185');
    expect(mail.text).toContain('€0.19');
    expect(mail.text).not.toContain('MOT-7');
  });

  test('each sum of an acceptance in several currencies names the number of its own lines', async () => {
    const brandt = await quoted('Brandt', 3, '0.0185', 'EUR');
    const sever = await quoted('Elektro Sever', 3, '4300.0000', 'RSD');
    const lines = [
      { quoteId: brandt, lineId: enquiryOf('Brandt').lineIds[0]! },
      ...enquiryOf('Elektro Sever').lineIds.map((lineId) => ({ quoteId: sever, lineId })),
    ];
    const mail = await mailOneToBuyer({
      requestId: request.id,
      kind: acceptanceCopyMail,
      reason: 'currencies',
      content: { lines },
    });
    expect(mail.text).toMatch(/1 line accepted\D*€0\.19/);
    expect(mail.text).toMatch(/2 lines accepted\D*RSD\s86,000\.00/);
  });

  test('news queued twice for the same reason become one mail', async () => {
    const [enquiry] = request.enquiries;
    const news = {
      requestId: request.id,
      kind: answerDigestMail,
      reason: 'twice',
      content: { quoteIds: [] },
    };
    const counts = await Promise.all(
      [1, 2].map(() => service.ctx.db.transaction((tx) => mailBuyer(tx, service.ctx, news, at))),
    );
    expect(counts.toSorted()).toEqual([0, 1]);
    expect(enquiry).toBeDefined();
    await service.drain();
    expect(service.mail.received).toHaveLength(1);
  });

  test('news queued in a transaction that fails are never mailed', async () => {
    const news = {
      requestId: request.id,
      kind: answerDigestMail,
      reason: 'undone',
      content: { quoteIds: [] },
    };
    const failing = service.ctx.db.transaction(async (tx) => {
      await mailBuyer(tx, service.ctx, news, at);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await service.drain()).toBe(0);
  });
});

describe('the words of mails', () => {
  const namedAs = (area: string, words: object) =>
    Object.fromEntries(Object.entries(words).map(([key, word]) => [`${area}.${key}`, word as unknown]));
  const forms = { ...requestsEn, ...namedAs('call-back', callBackEn) };
  const serbian: Record<string, unknown> = { ...requestsSr, ...namedAs('call-back', callBackSr) };

  test('every word has a Serbian translation with the same placeholders', () => {
    const gaps = (word: unknown) => [...new Set(JSON.stringify(word).match(/\{\w+\}/g) ?? [])].toSorted();
    expect(Object.keys(serbian)).toEqual(Object.keys(forms));
    for (const [key, word] of Object.entries(forms)) {
      if (key === 'moreLines' || typeof word === 'string')
        expect([key, gaps(serbian[key])]).toEqual([key, gaps(word)]);
    }
  });

  test('every counted word has the three plural forms of Serbian', () => {
    for (const [key, word] of Object.entries(serbian)) {
      if (typeof word === 'object')
        expect([key, Object.keys(word ?? {})]).toEqual([key, ['one', 'few', 'other']]);
    }
  });
});
