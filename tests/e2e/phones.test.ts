import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoHere, openDemoHere } from './demo-here.ts';
import { eventually, expectAccessible, expectNoSideways } from './site.ts';

/** The demo with its telephone network; the phones' TwiML comes from a server of this test. */
const agent = { name: 'Milan Petrović', number: '+381110002042' };
const buyer = { name: 'Jana Horáková', number: '+420200000991' };
const partner = 'Quanvolt Automation';
const both = `/dev/phones?open=${encodeURIComponent(agent.number)},${encodeURIComponent(buyer.number)}`;

let demo: DemoHere;
let config: DemoHere['config'];
let demoParts: DemoHere['parts'];
let visit: DemoHere['visit'];
let documents: Server;
let documentsUrl: string;

beforeAll(async () => {
  demo = await openDemoHere();
  ({ config, parts: demoParts, visit } = demo);
  documents = createServer((request, response) => {
    response.setHeader('content-type', 'text/xml');
    response.end(documentOf(request.url ?? ''));
  });
  await new Promise<void>((resolve) => documents.listen(0, '127.0.0.1', resolve));
  documentsUrl = `http://127.0.0.1:${(documents.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await demo.end();
  await new Promise((resolve) => documents.close(resolve));
});

function documentOf(path: string): string {
  if (path.startsWith('/joined')) {
    return `<Response><Dial><Number url="/whisper">${buyer.number}</Number></Dial></Response>`;
  }
  if (path.startsWith('/agreed')) return '<Response/>';
  const [action, words] = path.startsWith('/whisper')
    ? ['/agreed', 'Press 1 to be connected.']
    : ['/joined', 'A buyer calls. Press 1 to accept.'];
  return `<Response><Gather numDigits="1" timeout="20" action="${action}"><Say language="en-GB">${words}</Say>
    </Gather><Hangup/></Response>`;
}

/** Calls the agent as the service would: by the network's REST API, with the demo's account. */
async function callAgent(): Promise<void> {
  const { baseUrl, accountSid, authToken, from } = config.twilio!;
  const login = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
  const answer = await fetch(`${baseUrl}/2010-04-01/Accounts/${accountSid}/Calls.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${login}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ To: agent.number, From: from, Url: `${documentsUrl}/agent`, Timeout: '60' }),
  });
  expect(answer.status).toBe(201);
}

const phone = (page: Page, { name }: { name: string }) => page.getByRole('article', { name });
const wait = { timeout: 60_000 };

test('the home page of the demo says what is invented and who can talk', async () => {
  const html = await (await fetch(config.publicUrl)).text();
  expect(html).toContain('This is a demo: its partners, people and prices are invented.');
  expect(html).toMatch(/<b>\d+ agents can talk now<\/b>/);
  const { items } = await (await fetch(`${config.publicUrl}/api/agents/available`)).json();
  for (const { name, product } of items) {
    expect(html).toContain(`<b>${name}</b>`);
    expect(html).toContain(`/p/${product.id}/`);
  }
});

test('two phones on one page ring, answer, press, talk and hang up, and another window shows the same', async () => {
  const page = await visit('/dev');
  await page.getByRole('link', { name: 'Phones' }).click();
  await expectAccessible(page);
  await page.goto(both);
  const small = await visit(both, {
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
    locale: 'sr-Latn-RS',
  });
  await phone(page, agent).getByText('Quiet', { exact: true }).waitFor();

  await callAgent();
  await phone(page, agent).getByRole('status').filter({ hasText: 'Quoteline is calling' }).waitFor(wait);
  await expect.poll(() => page.title()).toContain(`Ringing: ${agent.name}`);
  await expectAccessible(page);
  await expectAccessible(small);
  await expectNoSideways(small);

  await phone(page, agent).getByRole('button', { name: 'Answer' }).click();
  await phone(page, agent).getByRole('log').getByText('Press 1 to accept').waitFor(wait);
  // The answered phone has the focus, so keys of the keyboard are keys of the phone.
  await page.keyboard.press('1');
  await phone(page, agent).getByText('Keys pressed: 1').waitFor(wait);

  await phone(small, buyer).getByRole('button', { name: 'Javite se' }).click(wait);
  await phone(small, buyer).getByText('Press 1 to be connected').waitFor(wait);
  await expectAccessible(small);
  await expectNoSideways(small);
  await phone(small, buyer).getByRole('button', { name: 'Taster 1' }).click();
  await phone(page, agent).getByText(`Talking with ${buyer.name}`).waitFor(wait);
  await phone(page, buyer).getByText(`Talking with ${agent.name}`).waitFor(wait);
  await expectAccessible(page);

  // A reloaded page has the same phones in the same call.
  await page.reload();
  await phone(page, buyer).getByText(`Talking with ${agent.name}`).waitFor(wait);
  await phone(page, buyer).getByRole('button', { name: 'Hang up' }).click();
  await phone(page, agent).getByText('Quiet', { exact: true }).waitFor(wait);
  await phone(small, agent).getByText('Miruje', { exact: true }).waitFor(wait);
  const lately = page.getByRole('group', { name: 'On the lines lately' }).getByRole('row');
  await lately.filter({ hasText: buyer.name }).filter({ hasText: 'This phone' }).waitFor(wait);
});

test('a newcomer’s first call works with the phones that the page offers', async () => {
  const page = await visit('/dev/phones');
  const products = await page.getByRole('link', { name: /^Products of/ }).getAttribute('href');
  await page.getByRole('button', { name: /^Open the phones of Jana/ }).click();
  const shop = await page.context().newPage();
  await shop.goto(products ?? '');
  await shop.locator('main a[href^="/p/"]').first().click();
  await shop.getByLabel('Your phone number').fill(buyer.number);
  await shop.getByRole('button', { name: /^Call / }).click();

  await page.getByRole('button', { name: 'Answer' }).click(wait);
  await page.getByText('Waits for a key').waitFor(wait);
  await page.keyboard.press('1');
  await phone(page, buyer).getByRole('button', { name: 'Answer' }).click(wait);
  await phone(page, buyer).getByText('Waits for a key').waitFor(wait);
  await page.keyboard.press('1');
  await phone(page, buyer).getByText('Talking with').waitFor(wait);
  await shop.getByRole('button', { name: 'Hang up' }).first().click(wait);
  await phone(page, buyer).getByText('Quiet', { exact: true }).waitFor(wait);
});

/** Returns the path of a product's page with one team of the partner in the panel: one seller, and support at home. */
async function pathOf(team: 'sales' | 'support'): Promise<string> {
  const found = await (await fetch(`${config.publicUrl}/api/products?q=FI400-1.5-MB`)).json();
  const { id, slug, offers } = found.items[0];
  const { vendor } = offers.find((offer: { vendor: { name: string } }) => offer.vendor.name === partner);
  return `/p/${id}/${slug}?partner=${vendor.id}&team=${team}`;
}

test('a caller’s own call never makes their panel say that everybody is busy', async () => {
  const page = await visit(await pathOf('sales'), { viewport: { width: 1440, height: 900 } });
  const panel = page.locator('#call');
  // The page hears that the only seller is busy before it gets the answer to the press.
  let during = '';
  await page.route(/\?\/call\b/, async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    await page.locator('.offer-table tr', { hasText: partner }).getByText('All busy').waitFor(wait);
    during = await panel.innerText();
    await route.fulfill({ response });
  });
  await page.getByLabel('Your phone number').fill('+420 200 000 992');
  await panel.getByRole('button', { name: 'Call Priya Raman' }).click();
  await panel.getByRole('button', { name: 'Hang up' }).click(wait);
  await panel.getByRole('button', { name: 'Hang up' }).waitFor({ state: 'detached' });
  expect(during).toMatch(/Priya Raman[^]*Available/);
  expect(during).not.toMatch(/Busy|All busy|Nobody is free/);
});

test('a call-back without a number is refused at its field, in sight on a small screen, and else promised', async () => {
  const page = await visit(await pathOf('support'), { viewport: { width: 390, height: 844 } });
  const form = page.locator('#call form', { hasText: 'Ask to be called back' });
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  await form.getByRole('button', { name: 'Ask for a call-back' }).click();
  const error = form.locator('.field-error');
  await error.waitFor(wait);
  const field = form.getByLabel('Your phone number');
  await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true);
  for (const shown of [field, error]) {
    const { top, bottom } = await shown.evaluate((element) => element.getBoundingClientRect().toJSON());
    expect([top >= 0, bottom <= 844]).toEqual([true, true]);
  }
  await expectAccessible(page);
  // The team is not at work: nobody is promised sooner.
  await form.getByLabel('As soon as someone is free').check();
  await field.fill(buyer.number);
  await form.getByRole('button', { name: 'Ask for a call-back' }).click();
  const promised = `${partner} calls +420 200 000 991 as soon as someone is free, probably from `;
  await page.locator('#call').getByText(promised).waitFor(wait);
});

test('any number can be played, and a closed one follows its chosen behaviour', async () => {
  const page = await visit('/dev/phones');
  await page.getByLabel('Number or name').fill('petrovic');
  const everyone = page.getByRole('group', { name: 'All phones' }).getByRole('row');
  await everyone.filter({ hasText: agent.name }).waitFor();
  await expect.poll(() => everyone.filter({ hasText: buyer.name }).count()).toBe(0);
  await page.getByLabel('Number or name').fill('+420 200 000 993');
  await page.getByLabel('Number or name').press('Enter');
  await phone(page, { name: 'Some phone' }).waitFor(wait);
  await expect.poll(() => decodeURIComponent(page.url())).toContain('?open=+420200000993');
  await phone(page, { name: 'Some phone' }).getByRole('button', { name: 'Close the phone' }).click();
  await expect.poll(() => page.url()).not.toContain('?open');

  const chosen = page.waitForResponse((response) => response.url().endsWith('/persona'));
  await page.getByLabel(/What \+381 11 000 2042 does/).selectOption('Busy');
  await chosen;
  await callAgent();
  const lately = page.getByRole('group', { name: 'On the lines lately' }).getByRole('row');
  await lately.filter({ hasText: agent.name }).filter({ hasText: 'Busy' }).waitFor(wait);
});

test('the phones of a closed window are no longer open', async () => {
  const page = await visit(both);
  const { simulator } = demoParts;
  await eventually(() => simulator?.phones.view(agent.number).open || undefined);
  await page.context().close();
  await eventually(() => !simulator?.phones.view(agent.number).open || undefined);
});

test('the phones page says without scripts that it needs them', async () => {
  const page = await visit('/dev/phones', { javaScriptEnabled: false });
  const words = page.getByRole('main').locator('noscript');
  expect(await words.innerText()).toContain('This page needs JavaScript');
  await expectAccessible(page);
});
