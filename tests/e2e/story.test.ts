import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, openSite, type Site } from './site.ts';
import { looksRight, reviewAndSend } from './steps.ts';

/** The main job from the first search to the acceptance, with scripts in the browser and without. */
let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.end());

async function addFromProductPage(page: Page): Promise<void> {
  await page.goto('/');
  await looksRight(page);
  await page.getByRole('combobox', { name: 'Search by name, code or tag' }).fill('sensor M12 pnp');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search\?/);
  await looksRight(page);
  await page
    .getByRole('link', { name: /Inductive sensor M12, PNP/ })
    .first()
    .click();
  await page.waitForURL(/\/p\/\d+\//);
  await looksRight(page);
  for (const partner of ['Elektro Sever', 'Brandt Industrietechnik']) {
    await page.getByRole('checkbox', { name: new RegExp(`^Ask ${partner}`) }).check();
  }
  await page.getByRole('checkbox', { name: /^Ask Wisła/ }).uncheck();
  await page.locator('.ask-form input[name="quantity"]').fill('4');
  await page.getByLabel(/Note for the partners/).fill('Same batch, please');
  await page.locator('.ask-form__foot button').click();
  await page
    .getByText(/in line 1/)
    .first()
    .waitFor();
}

async function pasteCodes(page: Page): Promise<void> {
  await page.goto('/solution/paste');
  await looksRight(page);
  await page.getByLabel('Your list').fill('CAB-5\t200\nNO-SUCH-CODE 3\nMOT-7 1');
  await page.getByRole('button', { name: 'Read the list' }).click();
  await page.getByRole('heading', { name: '2 rows are ready, 1 row needs your attention' }).waitFor();
  await looksRight(page);
  await page.getByRole('button', { name: 'Add 2 rows' }).click();
  await page.getByText('2 rows were added').first().waitFor();
  await page.getByText('1 row needs your attention').first().waitFor();
  expect(
    await page
      .getByLabel(/^Code in row/)
      .first()
      .inputValue(),
  ).toBe('NO-SUCH-CODE');
  await looksRight(page);
}

/** Returns the first link to such a page in the address's mails that is not in `seen`, and adds it there. */
async function linkFor(address: string, page: 'e' | 'f', seen: Set<string>): Promise<string> {
  const link = await eventually(() =>
    site.mail
      .to(address)
      .flatMap((mail) => mail.links)
      .find((url) => url.includes(`/${page}/`) && !seen.has(url)),
  );
  seen.add(link);
  return link;
}

async function answerAll(page: Page, link: string, price: string, days: string): Promise<void> {
  await page.goto(link);
  expect(await page.locator('#news').isVisible()).toBe(false);
  await looksRight(page);
  const prices = page.getByRole('textbox', { name: /price/i });
  for (let line = 0; line < (await prices.count()); line++) await prices.nth(line).fill(price);
  await page.getByLabel('Lead time for all').fill(days);
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect
    .poll(() =>
      page
        .getByLabel(/Lead time.*line/i)
        .first()
        .inputValue(),
    )
    .toBe(days);
  await page.getByRole('button', { name: 'Check and send' }).click();
  await page.getByRole('heading', { name: 'Check your answer' }).waitFor();
  await looksRight(page);
  await page.getByRole('button', { name: 'Send the answer' }).click();
  await page.getByText('Answer sent, version 1').first().waitFor();
  await looksRight(page);
}

async function compareAndAccept(page: Page, path: string, scripts: boolean): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { name: 'Compare answers' }).waitFor();
  await looksRight(page);
  await page.getByRole('link', { name: 'Fastest' }).click();
  await page.waitForURL(/choose=speed/);
  await page.getByRole('link', { name: 'Lowest price' }).click();
  await page.waitForURL(/choose=price/);
  await page.getByRole('button', { name: /^Accept \d lines?$/ }).click();
  if (!scripts) await page.waitForURL(/confirm=1/);
  await looksRight(page);
  await page.getByLabel('Company', { exact: true }).fill('Morava Pack');
  await page.getByLabel('Delivery address').fill('Brno, gate 2');
  await page.getByLabel('Country', { exact: true }).selectOption('CZ');
  await page.getByRole('button', { name: /^Place \d orders?$/ }).click();
  await page.getByRole('heading', { name: /^You ordered/ }).waitFor();
  await looksRight(page);
}

const usedLinks = new Set<string>();

describe.each([
  { scripts: true, email: 'jana@morava.example' },
  { scripts: false, email: 'jan@morava.example' },
])('the main job, scripts in the browser: $scripts', ({ scripts, email }) => {
  test('a buyer finds, assembles, sends, compares and accepts while vendors answer by link', async () => {
    const options = { javaScriptEnabled: scripts, viewport: { width: 1440, height: 900 } };
    const buyer = await site.visit(options);
    const errors: string[] = [];
    buyer.on('pageerror', (error) => errors.push(String(error)));

    await addFromProductPage(buyer);
    await pasteCodes(buyer);
    const path = await reviewAndSend(buyer, email);

    const sever = await site.visit(options);
    const brandt = await site.visit(options);
    const severLink = await linkFor(site.world.mail.sever, 'e', usedLinks);
    const brandtLink = await linkFor(site.world.mail.brandt, 'e', usedLinks);

    await sever.goto(severLink);
    const seen = await sever.locator('main').innerText();
    expect(seen).toContain('Servo motor 0.75 kW');
    expect(seen).toContain('Same batch, please');
    for (const foreign of ['Brandt', 'BI-100', 'CAB-5', '38.50']) expect(seen).not.toContain(foreign);

    await answerAll(sever, severLink, '4000.00', '5');
    await answerAll(brandt, brandtLink, '36.00', '2');

    await compareAndAccept(buyer, path, scripts);

    await sever.goto(severLink);
    await sever
      .getByText(/The buyer has accepted/)
      .first()
      .waitFor();
    await sever.getByRole('heading', { level: 1, name: /^Order from/ }).waitFor();
    await sever.getByText('Contact the buyer about delivery and payment.').waitFor();
    expect(await sever.getByText('Answer by').count()).toBe(0);
    const follow = await linkFor(email, 'f', usedLinks);
    const elsewhere = await site.visit({ javaScriptEnabled: scripts });
    await elsewhere.goto(follow);
    await elsewhere.getByRole('heading', { level: 1, name: 'Ordered' }).waitFor();
    await looksRight(elsewhere);
    const outcome = await eventually(() =>
      site.mail
        .to(site.world.mail.brandt)
        .find((mail) =>
          mail.headers.some(({ key, value }) => key === 'x-quoteline-kind' && value === 'outcome'),
        ),
    );
    expect(`${outcome.text} ${outcome.html}`).not.toMatch(/Sever|4,000|4000/);
    expect(errors).toEqual([]);
    for (const page of [buyer, sever, brandt, elsewhere]) await page.context().close();
  });
});

describe('links and scanners', () => {
  test('a page opened by a mail scanner that runs scripts leaves the enquiry unread', async () => {
    const buyer = await site.visit();
    await buyer.goto(`/p/${site.world.products.motor}/x`);
    await buyer.locator('.ask-form__foot button').click();
    await buyer
      .getByText(/in line 1/)
      .first()
      .waitFor();
    // Ivana was asked by the requests above, too.
    const mailed = () => site.mail.to(site.world.mail.ivana).flatMap((mail) => mail.links);
    const earlier = new Set(mailed());
    const path = await reviewAndSend(buyer, 'scanned@morava.example');
    const link = await eventually(() => mailed().find((url) => url.includes('/e/') && !earlier.has(url)));
    const scanner = await site.visit();
    for (let visit = 0; visit < 3; visit++) {
      await fetch(link, { method: 'HEAD' });
      await scanner.goto(link, { waitUntil: 'networkidle' });
      await scanner.evaluate(() => {
        for (const name of ['pointerdown', 'keydown', 'click'])
          document.body.dispatchEvent(new Event(name, { bubbles: true }));
      });
      await scanner.waitForTimeout(300);
    }
    const state = async () => (await buyer.request.get(`/api${path}`)).json();
    const before = await state();
    expect(before.enquiries.map((enquiry: { status: string }) => enquiry.status)).toEqual(['sent']);
    expect(
      before.enquiries[0].deliveries.some((delivery: { status: string }) => delivery.status === 'read'),
    ).toBe(false);

    const person = await site.visit();
    await person.goto(link, { waitUntil: 'networkidle' });
    await person.mouse.click(300, 300);
    await eventually(async () => ((await state()).enquiries[0].status === 'opened' ? true : undefined));
    await scanner.context().close();
    await person.context().close();
  });

  test('a wrong link shows a friendly page that reveals nothing', async () => {
    const page = await site.visit();
    const answer = await page.goto(`/e/${'A'.repeat(54)}`);
    expect(answer?.status()).toBe(404);
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    for (const path of ['e', 'f']) expect((await fetch(`${site.url}/${path}/%ZZ`)).status).toBe(404);
    expect(answer?.headers()['cache-control']).toContain('no-store');
    expect(answer?.headers()['referrer-policy']).toBe('no-referrer');
    await looksRight(page);
  });
});
