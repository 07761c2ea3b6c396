import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MailCatcher, startCatcher } from '#server/dev/catcher.ts';
import { openMailbox } from '#server/dev/mailbox.ts';
import { routes } from '#server/dev/routes.ts';
import { createHttp } from '#server/platform/http.ts';
import { createMailer } from '#server/platform/mail.ts';
import { start } from '../../harness.ts';

let folder: string;
let catcher: MailCatcher;
beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'quoteline-mail-')), 'mail');
  catcher = await startCatcher(await openMailbox(folder));
});
afterEach(async () => {
  await catcher.close();
  rmSync(join(folder, '..'), { recursive: true });
});

const link = 'http://localhost:3000/e/AAAA_-b';
const mail = (number: number) => ({
  from: 'Quoteline <quoteline@quoteline.example>',
  to: { name: 'Jana Horáková', address: `jana+${number}@buyer.example` },
  subject: `Upit № ${number} – čekić`,
  text: `Otvorite: ${link}.\nTwice: ${link}`,
  html: `<p>č <a href="${link}?a=1&amp;b=2">here</a></p>`,
  messageId: `<${number}@quoteline.example>`,
  date: new Date('2026-01-02T03:04:05Z'),
  headers: { 'X-Quoteline-Kind': 'enquiry' },
});

test('accepted mails are stored on disk and listed newest first, also after a restart', async () => {
  const mailer = createMailer(catcher.url);
  for (const number of [1, 2, 3]) {
    expect(await mailer.send(mail(number))).toEqual({ sent: true });
    expect(readdirSync(folder).filter((name) => name.endsWith('.eml'))).toHaveLength(number);
  }
  mailer.close();
  // The leftovers of a crash, and a foreign file.
  writeFileSync(join(folder, '1700000000000-000001-00000000.eml.new'), 'half a ma');
  writeFileSync(join(folder, 'notes.txt'), 'notes');

  const app = await createHttp({ logLevel: 'silent', validateResponses: true });
  routes(app, await openMailbox(folder), async () => []);
  const answer = await app.inject('/dev/mail.json');
  await app.close();
  expect(answer.statusCode).toBe(200);
  const mails = answer.json<Record<string, unknown>[]>();
  expect(mails.map(({ to }) => to)).toEqual([3, 2, 1].map((number) => `jana+${number}@buyer.example`));
  expect(mails[0]).toMatchObject({
    subject: 'Upit № 3 – čekić',
    messageId: '<3@quoteline.example>',
    links: [link, `${link}?a=1&b=2`],
    html: expect.stringContaining('č <a href=') as string,
    text: expect.stringContaining(`Otvorite: ${link}.`) as string,
  });
  expect(Math.abs(Date.parse(String(mails[0]?.at)) - Date.now())).toBeLessThan(60_000);
});

test('the envelope, not the headers, decides who receives a mail', async () => {
  const transport = createTransport(catcher.url, { ignoreTLS: true } as object);
  await transport.sendMail({
    envelope: { from: 'a@a.example', to: ['one@b.example', 'two@b.example'] },
    raw: 'Delivered-To: liar@b.example\r\nTo: shown@b.example\r\nSubject: x\r\n\r\ny',
  });
  transport.close();
  const mails = await (await openMailbox(folder)).list();
  expect(mails.map(({ to }) => to).sort()).toEqual(['one@b.example', 'two@b.example']);
  expect(mails[0]).toMatchObject({ html: null, text: expect.stringContaining('y') as string });
});

test('a mail that cannot be stored is not accepted', async () => {
  rmSync(folder, { recursive: true });
  const mailer = createMailer(catcher.url);
  await expect(mailer.send(mail(1))).rejects.toMatchObject({ responseCode: 451 });
  mailer.close();
});

test('production serves neither caught mails nor demo people', async () => {
  const service = await start();
  for (const path of ['/dev/mail.json', '/dev/people.json', '/dev']) {
    expect((await service.visitor().get(path)).status, path).toBe(404);
  }
  await service.end();
});
