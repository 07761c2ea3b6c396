import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Request } from '#server/requests/schema.ts';
import type { Client } from '../harness.ts';
import { answer, dayFrom, linkOf } from '../server/requests/answers.ts';
import { sendUsual, type WantedLine } from '../server/requests/people.ts';
import { openPages } from './pages.ts';
import { expectAccessible, expectNoSideways } from './site.ts';

/** The buyer's page of a request: what can be done there, and what it says afterwards. */
const { service, world, ...pages } = await openPages();
let buyer: Client;
// What one test leaves in the solution must not be sent by the next.
beforeEach(() => {
  buyer = service.visitor();
});

const lines: WantedLine[] = [
  { product: 'sensor', quantity: 10, ask: ['sensorSever', 'sensorBrandt', 'sensorWisla'] },
  { product: 'motor', quantity: 2, ask: ['motorSever'] },
  { product: 'cable', quantity: 200, ask: ['cableBrandt'] },
];

/** Sends a request of which Wisła answers nothing, and Brandt can't deliver the cable. */
async function sendAnswered(): Promise<Request> {
  const deadline = `${dayFrom(service, 20)}T12:00:00Z`;
  const request = await sendUsual(buyer, world, lines, { deadline });
  const sever = await linkOf(service, request.id, world.mail.sever);
  const brandt = await linkOf(service, request.id, world.mail.brandt);
  const validUntil = dayFrom(service, 10);
  const given = { sever: [{ days: 5 }, { days: 9 }], brandt: [{ days: 3 }, { decision: 'decline' }] };
  expect((await answer(service.outsider(), sever, given.sever, { validUntil })).status).toBe(201);
  expect((await answer(service.outsider(), brandt, given.brandt, { validUntil })).status).toBe(201);
  return request;
}

const phone = { width: 390, height: 844 };

/** Opens the page of a request as its buyer and waits for its script. */
async function visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  // Not en-GB: pounds have no rate here, so that nothing could be compared in them.
  const page = await pages.visit(buyer, { locale: 'en-US', reducedMotion: 'reduce', ...options });
  await page.goto(path);
  if (options.javaScriptEnabled !== false)
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  return page;
}

const cardOf = (page: Page, partner: string) => page.getByRole('region', { name: partner, exact: true });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim());

describe.each([{ scripts: true }, { scripts: false }])('scripts in the browser: $scripts', ({ scripts }) => {
  test('each thing a buyer can do about a partner is a visible button, and says beside it what became of it', async () => {
    const { id } = await sendAnswered();
    const page = await visit(`/requests/${id}`, { javaScriptEnabled: scripts });
    const card = cardOf(page, 'Elektro Sever');
    for (const label of ['Write a message', 'Ask for a change', 'Give more time', 'Decline the quote'])
      expect(await card.getByText(label).first().isVisible(), label).toBe(true);
    expect(await card.getByRole('list', { name: 'E-mails' }).innerText()).toMatch(
      /Official address: read[\s\S]*: being sent/,
    );

    await card.getByText('Write a message').click();
    const message = card
      .getByRole('region', { name: 'Messages with Elektro Sever' })
      .getByLabel('Your message');
    await message.fill('Is it the 2026 model?');
    const send = card.getByRole('button', { name: 'Send the message' });
    await send.click();
    const said = card.getByText('Your message was sent.');
    await said.waitFor();
    expect(await message.inputValue()).toBe('');
    const [button, note] = [await send.boundingBox(), await said.boundingBox()];
    expect(Math.abs((button?.y ?? 0) - (note?.y ?? 1000))).toBeLessThan(60);
    expect(await said.evaluate((element) => element.getBoundingClientRect().bottom <= innerHeight)).toBe(
      true,
    );
    if (scripts) {
      expect(await focused(page)).toBe('Send the message');
      expect(new URL(page.url()).search).toBe('');
      // The page reads itself again with each change.
      const read = page.waitForEvent('requestfinished', (request) => request.url().startsWith(page.url()));
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
      await read;
      expect(await said.isVisible()).toBe(true);
    }

    await card.getByText('Links', { exact: true }).click();
    await card.getByRole('button', { name: 'Revoke the link of Milan Petrović' }).click();
    await card.getByText('The link no longer works.').waitFor();
    await card.getByRole('list', { name: 'E-mails' }).getByText('link revoked').waitFor();
    const renew = card.getByRole('button', { name: 'Send Milan Petrović a new link' });
    if (!(await renew.isVisible())) await card.getByText('Links', { exact: true }).click();
    await renew.click();
    await card.getByText('A new link was sent.').waitFor();
    expect(await card.getByRole('list', { name: 'E-mails' }).innerText()).not.toContain('link revoked');

    await card.getByText('Ask for a change').click();
    const request = card.getByRole('button', { name: 'Send the request' });
    await request.click();
    await card.getByText('Fill in this field').first().waitFor();
    await card.locator('textarea[name^="message-"]').fill('Five days, please');
    await request.click();
    await card.getByText('Request sent. We’ll e-mail you').waitFor();
    await card.getByText('Change requested').waitFor();
    if (scripts) expect(await focused(page)).toBe('Ask for a change');
    await expectAccessible(page);
    await page.context().close();
  });

  test('an acceptance ends in what was ordered from whom, and in a way on for what nobody offers', async () => {
    const { id } = await sendAnswered();
    const page = await visit(`/requests/${id}`, { javaScriptEnabled: scripts });
    await page.getByText('Nobody offers line 3').waitFor();
    // Marks have words, not only a colour.
    expect(await page.getByRole('cell').getByText('lowest price').first().isVisible()).toBe(true);
    await page.getByRole('link', { name: 'Lowest price' }).click();
    await page.getByRole('button', { name: 'Accept 2 lines' }).click();
    await page.getByRole('heading', { name: 'Accept 2 lines?' }).waitFor();
    // What the request didn't say, a partner needs now: what is missing is said at once, and what was typed stays.
    const order = page.getByRole('button', { name: /^Place \d orders?$/ });
    await order.click();
    const summary = page.getByRole('alert').filter({ hasText: 'The order was not placed' });
    const missing = { place: 'Delivery address: Enter the delivery address.' };
    const noCountry = 'Country: Choose the country of delivery.';
    await summary.waitFor();
    expect(await summary.getByRole('link').allInnerTexts()).toEqual([missing.place, noCountry]);
    if (scripts) expect(await focused(page)).toMatch(/^The order was not placed/);
    const place = page.getByLabel('Delivery address');
    await summary.getByRole('link', { name: missing.place }).click();
    expect(await place.getAttribute('aria-invalid')).toBe('true');
    expect(await place.evaluate((field) => field === document.activeElement)).toBe(true);
    await expectAccessible(page);
    await place.fill('Brno, gate 2');
    await order.click();
    await summary.getByText(missing.place).waitFor({ state: 'detached' });
    expect(await summary.getByRole('link').allInnerTexts()).toEqual([noCountry]);
    expect(await place.inputValue()).toBe('Brno, gate 2');
    await page.getByLabel('Country', { exact: true }).selectOption('CZ');
    await order.click();
    await page.getByRole('heading', { name: 'You ordered 2 of 3 lines from 2 partners' }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Ordered in part');
    expect(await page.title()).toMatch(/^Ordered in part/);
    expect(await page.locator('.route [aria-current="step"]').innerText()).toMatch(/^Ordered/);
    if (scripts) expect(await focused(page)).toMatch(/^You ordered/);
    const table = page.getByRole('group', { name: 'What you ordered, by partner' }).getByRole('table');
    expect(await table.innerText()).toMatch(
      /Elektro Sever[\s\S]*RSD[\s\S]*All partners, excl\. VAT[\s\S]*About/,
    );
    // A partner's state is the same everywhere on the page.
    const states = await table.getByRole('row').locator('.tag').allInnerTexts();
    const partners = await table.getByRole('rowheader').locator('b').allInnerTexts();
    const cards = partners.map((partner) => cardOf(page, partner).locator('.tag').first().innerText());
    expect(await Promise.all(cards)).toEqual(states);
    // Brandt offered one line of two, Elektro Sever both.
    expect(states).toEqual(['Ordered', 'Ordered in part']);
    expect(await table.innerText()).toContain('1 of 2 offered lines');
    expect(await page.getByText('What happens next').isVisible()).toBe(true);
    // The comparison is folded away: nothing is left to choose.
    expect(await page.getByRole('table', { name: 'Answers by line and partner' }).isVisible()).toBe(false);
    expect(await page.locator('main .note').count()).toBe(1);
    await expectAccessible(page);

    // The way on stands beside what was ordered.
    const ordered = page.getByRole('region', { name: /^You ordered/ });
    await ordered.getByRole('button', { name: 'Copy 1 line to my solution' }).click();
    await page.waitForURL(/\/solution$/);
    await page.getByRole('link', { name: 'Upravljački kabl' }).first().waitFor();
    // Brandt, which declined, isn't asked again as long as somebody else sells it.
    expect(
      await page
        .getByRole('checkbox', { name: /^Wisła/ })
        .last()
        .isChecked(),
    ).toBe(true);
    expect(
      await page
        .getByRole('checkbox', { name: /^Brandt/ })
        .last()
        .isChecked(),
    ).toBe(false);
    await page.context().close();
  });
});

test('sums follow each choice at once, and a partner’s answer appears without losing what is being typed', async () => {
  const request = await sendAnswered();
  const page = await visit(`/requests/${request.id}`);
  const bar = page.getByRole('region', { name: 'Your choice' });
  await page.getByRole('radio', { name: /^Elektro Sever, .*4,500/ }).check();
  await page.waitForURL(/p1=/);
  await bar.getByText('1 of 3 lines chosen').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('p1');

  const card = cardOf(page, 'Wisła Automatyka');
  await card.getByText('Write a message').click();
  const message = card.getByLabel('Your message');
  await message.fill('Are you there');
  const wisla = await linkOf(service, request.id, world.mail.wisla);
  const validUntil = dayFrom(service, 10);
  await answer(service.outsider(), wisla, [{ days: 4 }], { validUntil });
  // Without a socket, a buyer who comes back to the page sees it as it is.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.getByRole('radio', { name: /^Wisła Automatyka/ }).waitFor();
  expect(await message.inputValue()).toBe('Are you there');
  expect(await page.getByRole('radio', { name: /^Elektro Sever, .*4,500/ }).isChecked()).toBe(true);
  await page.context().close();
});

test('an acceptance of a version that was replaced meanwhile is refused, with the name of its partner', async () => {
  const request = await sendAnswered();
  const page = await visit(`/requests/${request.id}?choose=price`);
  await page.getByRole('button', { name: 'Accept 2 lines' }).click();
  await page.getByLabel('Delivery address').fill('Brno, gate 2');
  await page.getByLabel('Country', { exact: true }).selectOption('CZ');
  const sever = await linkOf(service, request.id, world.mail.sever);
  await answer(service.outsider(), sever, [{ days: 6 }, { days: 9 }], { validUntil: dayFrom(service, 10) });
  await page.getByRole('button', { name: /^Place \d orders?$/ }).click();
  const summary = page.getByRole('alert').filter({ hasText: 'That didn’t work' });
  await summary.waitFor();
  expect(await summary.getByRole('link').allInnerTexts()).toEqual([
    'Elektro Sever: The partner has sent a newer version of this quote. Check it first.',
  ]);
  expect(await page.getByRole('dialog').isVisible()).toBe(false);
  await page.context().close();
});

test('on a phone each line is a card with its offers, those that can be chosen first', async () => {
  const request = await sendAnswered();
  const wisla = await linkOf(service, request.id, world.mail.wisla);
  await answer(service.outsider(), wisla, [{ decision: 'decline', reason: 'Out of stock' }]);
  const page = await visit(`/requests/${request.id}`, { viewport: phone });
  const table = page.getByRole('table', { name: 'Answers by line and partner' });
  const first = table.getByRole('row').filter({ hasText: '6ES-100' });
  const partners = await first
    .getByRole('cell')
    .evaluateAll((cells) =>
      cells.filter((cell) => cell.checkVisibility()).map((cell) => cell.getAttribute('data-partner')),
    );
  expect(partners).toEqual(['Brandt Industrietechnik', 'Elektro Sever', 'Wisła Automatyka']);
  await table.getByRole('row').filter({ hasText: 'CAB-5' }).getByText('No reason given').waitFor();
  // The page scrolls, not a frame of its own.
  const frame = page.getByRole('group', { name: 'Answers by line and partner' });
  expect(await frame.evaluate((box) => getComputedStyle(box).overflow)).toBe('visible');
  const bar = page.getByRole('region', { name: 'Your choice' });
  expect((await bar.boundingBox())?.height).toBeLessThan(76);
  await expectAccessible(page);
  await expectNoSideways(page);
  await page.setViewportSize({ width: 320, height: 256 });
  expect(await page.locator('main').evaluate((main) => main.scrollWidth <= main.clientWidth)).toBe(true);
  await page.context().close();
});

test('on a phone, lines of an answer give their number no column, and the bar below them is one row', async () => {
  const options = { viewport: phone, locale: 'sr-Latn-RS' };
  const expectWideNames = async (page: Page) => {
    const shares = await page
      .getByRole('rowheader')
      .evaluateAll((names) => names.map((name) => name.clientWidth / (name.parentElement?.clientWidth ?? 0)));
    expect(shares.length).toBeGreaterThan(0);
    expect(shares.filter((share) => share < 0.7)).toEqual([]);
  };
  const expectOneRow = async (page: Page) =>
    expect((await page.locator('.send-bar').boundingBox())?.height).toBeLessThan(76);

  const answered = await linkOf(service, (await sendAnswered()).id, world.mail.brandt);
  const sent = await visit(`/e/${answered}`, options);
  await expectWideNames(sent);
  await sent.context().close();

  const { id } = await sendUsual(service.visitor(), world, lines);
  const page = await visit(`/e/${await linkOf(service, id, world.mail.sever)}`, options);
  await expectWideNames(page);
  await expectOneRow(page);
  await page.getByRole('button', { name: 'Proverite i pošaljite' }).click();
  const names = page.getByRole('group', { name: 'Stavke Vašeg odgovora' }).getByRole('rowheader');
  await names.first().waitFor();
  await expectWideNames(page);
  await expectOneRow(page);
  expect(await names.locator('.code').allInnerTexts()).toEqual(['ES-S1', 'ES-M7']);
  await page.context().close();
});

test('the time of an answer is that of its newest version', async () => {
  const request = await sendAnswered();
  const link = await linkOf(service, request.id, world.mail.sever);
  service.clock.advance(4 * 60_000);
  await answer(service.outsider(), link, [], { validUntil: dayFrom(service, 10) });
  const { body } = await buyer.get<Request>(`/api/requests/${request.id}`);
  const sever = body.enquiries.find(({ vendor }) => vendor.name === 'Elektro Sever');
  expect(sever?.statusAt).toBe(sever?.quotes[0]?.createdAt);
  expect(sever?.statusAt).not.toBe(sever?.quotes[1]?.createdAt);
});
