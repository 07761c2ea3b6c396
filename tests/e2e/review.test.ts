import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Request } from '#server/requests/schema.ts';
import { dayIn } from '#server/common/zones.ts';
import { expectAccessible, expectNoSideways, openSite, type Site } from './site.ts';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.end());

type Wanted = {
  product: keyof Site['world']['products'];
  quantity: number;
  ask: (keyof Site['world']['offers'])[];
};

const usual: Wanted[] = [
  { product: 'sensor', quantity: 10, ask: ['sensorSever', 'sensorBrandt'] },
  { product: 'motor', quantity: 2, ask: ['motorSever'] },
];

/** Adds lines to the person's solution, as the pages of the catalogue do. */
async function lineUp(page: Page, lines: Wanted[]): Promise<void> {
  for (const { product, quantity, ask } of lines) {
    const answer = await page.request.post('/api/solutions/current/lines', {
      headers: { origin: site.url },
      data: {
        productId: site.world.products[product],
        quantity,
        offerIds: ask.map((name) => site.world.offers[name]),
      },
    });
    expect(answer.status()).toBe(201);
  }
}

async function countRequests(page: Page): Promise<number> {
  return ((await (await page.request.get('/api/requests')).json()) as { total: number }).total;
}

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel('Full name').fill('Jana Horáková');
  await page.getByLabel('E-mail').fill('jana@morava.example');
  await page.getByLabel('Message to all partners').fill('Partial delivery is fine');
}

describe('review and send', () => {
  // At any moment, one of these zones has another date than UTC.
  test.each(['Pacific/Pago_Pago', 'Pacific/Kiritimati'])(
    'days can be chosen from today on in %s',
    async (zone) => {
      const page = await site.visit({ timezoneId: zone });
      await lineUp(page, usual);
      await page.context().addCookies([{ name: 'tz', value: zone, url: site.url }]);
      const before = dayIn(zone, new Date());
      await page.goto('/solution/review');
      const earliest = await page.getByLabel('Goods needed by').getAttribute('min');
      expect([before, dayIn(zone, new Date())]).toContain(earliest);
      await page.context().close();
    },
  );

  test('the review shows who gets what, and is accessible', async () => {
    const page = await site.visit();
    await lineUp(page, usual);
    await page.goto('/solution/review');
    const sever = page.getByRole('region', { name: 'Elektro Sever' });
    expect(await sever.textContent()).toContain(site.world.mail.sever);
    expect(await sever.textContent()).toContain('Milan Petrović, Ivana Kostić');
    expect(await sever.getByRole('row').count()).toBe(4);
    // One line needs no sum of its own.
    expect(await page.getByRole('region', { name: 'Brandt' }).getByRole('row').count()).toBe(2);
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 800 });
    await expectNoSideways(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page);
  });

  test('pressing send twice sends one request', async () => {
    const page = await site.visit();
    await lineUp(page, usual);
    await page.goto('/solution/review');
    await fillIn(page);
    await page.getByRole('button', { name: 'Send to 2 partners' }).dblclick();
    await page.waitForURL('**/requests/*');
    // One card per partner, with its state.
    const sentTo = page.getByRole('region', { name: 'No answers yet' });
    const sever = sentTo.getByRole('region', { name: 'Elektro Sever' });
    expect(await sever.innerText()).toMatch(/Lines 1 and 2[^]*Sent/);
    expect(await sentTo.getByRole('region').count()).toBe(2);
    expect(await countRequests(page)).toBe(1);
    await page.goBack();
    await page.reload();
    expect(await countRequests(page)).toBe(1);
    await page.getByRole('link', { name: 'My requests' }).first().click();
    await page.waitForURL('**/requests');
    await page.getByText('0 of 2 partners').waitFor();
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 800 });
    await expectNoSideways(page);
  });

  test('errors are shown at their fields, and typed text stays', async () => {
    const page = await site.visit();
    await lineUp(page, usual);
    await page.goto('/solution/review');
    await page.getByLabel('Company').fill('Morava Pack');
    await page.getByLabel('Phone').fill('12');
    await page.getByLabel('E-mail').fill('jana');
    await page.getByLabel('Goods needed by').fill('2020-01-31');
    await page.getByLabel('Answers needed by').fill('2020-01-31');
    const send = page.getByRole('button', { name: 'Send to 2 partners' });
    await send.click();
    const summary = page.getByRole('alert').filter({ hasText: 'The request was not sent' });
    await summary.getByRole('link', { name: 'Full name: Enter your name.' }).waitFor();
    const found = await summary.getByRole('link').allInnerTexts();
    expect(found.map((text) => text.split(':')[0])).toEqual([
      ...['Full name', 'E-mail', 'Phone', 'Goods needed by', 'Answers needed by'],
    ]);
    // At the field, its label is in sight.
    const atField = await page.getByLabel('E-mail').getAttribute('aria-describedby');
    const words = page.locator(`#${atField?.split(' ').at(-1)}`);
    expect((await words.innerText()).trim()).toBe('Enter an address such as name@company.com.');
    await expect.poll(() => summary.evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await page.getByLabel('Full name').getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => page.title()).toContain('Error');
    await expectAccessible(page);

    await fillIn(page);
    await send.click();
    await summary.getByRole('link', { name: 'Enter your name.' }).waitFor({ state: 'detached' });
    await expect.poll(() => summary.evaluate((box) => box === document.activeElement)).toBe(true);
    await summary.getByRole('link', { name: /whole number with its country code/ }).click();
    await expect
      .poll(() => page.getByLabel('Phone').evaluate((field) => field === document.activeElement))
      .toBe(true);
    expect(await page.getByLabel('Company').inputValue()).toBe('Morava Pack');
    expect(await countRequests(page)).toBe(0);
  });

  test('a request sent in one tab is not sent again in another', async () => {
    const page = await site.visit();
    await lineUp(page, usual);
    const other = await page.context().newPage();
    await page.goto('/solution/review');
    await other.goto('/solution/review');
    for (const tab of [page, other]) await fillIn(tab);
    await page.getByRole('button', { name: 'Send to 2 partners' }).click();
    await page.waitForURL('**/requests/*');
    await other.getByRole('button', { name: 'Send to 2 partners' }).click();
    await other.getByRole('alert').filter({ hasText: 'has been sent' }).waitFor();
    expect(await countRequests(page)).toBe(1);
  });

  test.each([true, false])(
    'lines changed in another tab are marked before they are sent, scripts: %s',
    async (javaScriptEnabled) => {
      const page = await site.visit({ javaScriptEnabled });
      await lineUp(page, [{ product: 'motor', quantity: 33, ask: ['motorSever'] }]);
      await page.goto('/solution/review');
      await fillIn(page);
      const { lines } = (await (await page.request.get('/api/solutions/current')).json()) as {
        lines: { id: string }[];
      };
      const changed = await page.request.patch(`/api/solutions/current/lines/${lines[0]?.id}`, {
        headers: { origin: site.url },
        data: { quantity: 3300 },
      });
      expect(changed.status()).toBe(200);
      const send = page.getByRole('button', { name: 'Send to 1 partner' });
      await send.click();
      await page.getByRole('alert').filter({ hasText: 'has changed since you looked' }).waitFor();
      const row = page.getByRole('region', { name: 'Elektro Sever' }).getByRole('row').nth(1);
      expect(await row.textContent()).toMatch(/3,300 pieces.*Quantity changed, was 33/s);
      expect(await page.getByLabel('Full name').inputValue()).toBe('Jana Horáková');
      expect(await countRequests(page)).toBe(0);
      await send.click();
      await page.waitForURL('**/requests/*');
      expect(await countRequests(page)).toBe(1);
    },
  );

  test('an order works without JavaScript and is refused until each line has one partner', async () => {
    const page = await site.visit({ javaScriptEnabled: false, locale: 'sr-Latn-RS' });
    await lineUp(page, usual);
    await page.goto('/solution/review');
    await page.getByLabel('Ime i prezime').fill('Jana Horáková');
    await page.getByLabel('Imejl').fill('jana@morava.example');
    await page.getByRole('radio', { name: /Porudžbina po cenovniku/ }).check();
    await page.getByLabel('Firma').fill('Morava Pack');
    await page.getByLabel('Adresa isporuke').fill('Vídeňská 5, Brno');
    await page.locator('select[name="delivery.country"]').selectOption('CZ');
    // What would be refused is said before anything is to be confirmed.
    await page.getByRole('button', { name: /Pošaljite na 2 partnera/ }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByRole('heading', { name: /Poručujete od/ }).count()).toBe(0);
    expect(await page.getByRole('alert').first().textContent()).toContain('Porudžbina za svaku stavku');
    expect(await page.getByLabel('Ime i prezime').inputValue()).toBe('Jana Horáková');
    expect(await page.getByRole('radio', { name: /Porudžbina po cenovniku/ }).isChecked()).toBe(true);

    const { lines } = (await (await page.request.get('/api/solutions/current')).json()) as {
      lines: { id: string }[];
    };
    const changed = await page.request.patch(`/api/solutions/current/lines/${lines[0]?.id}`, {
      headers: { origin: site.url },
      data: { offerIds: [site.world.offers.sensorSever] },
    });
    expect(changed.status()).toBe(200);
    const order = page.getByRole('button', { name: /Poručite od/ });
    const confirmation = page.getByRole('region', { name: /Poručujete od/ });
    // The page still is the one from before the change: it is shown first what has changed.
    await order.click();
    await page.getByText('Partneri su izmenjeni').waitFor();
    expect(await confirmation.count()).toBe(0);
    // Without scripts the page asks once more, with the sums, before it orders.
    await order.click();
    await confirmation.getByText('Elektro Sever').waitFor();
    await expectAccessible(page);
    expect(await countRequests(page)).toBe(0);
    await page.getByRole('button', { name: /Pošaljite .* porudžbin/ }).click();
    await page.waitForURL('**/requests/*');
    expect(await countRequests(page)).toBe(1);
  });

  test('an order is placed in a dialog that says from whom and for how much', async () => {
    const page = await site.visit();
    await lineUp(page, [{ product: 'motor', quantity: 2, ask: ['motorSever'] }]);
    await page.goto('/solution/review');
    await page.getByRole('radio', { name: /An order at list prices/ }).check();
    await page.getByRole('heading', { name: 'Review and order', level: 1 }).waitFor();
    await fillIn(page);
    await page.getByText('Total at list prices').waitFor();
    const order = page.getByRole('button', { name: 'Order from 1 partner' });
    await order.click();
    const summary = page.getByRole('alert').filter({ hasText: 'The order was not placed' });
    await summary.waitFor();
    expect(await summary.getByRole('link').allInnerTexts()).toEqual([
      'Company: Enter the company that orders.',
      'Delivery address: Enter the delivery address.',
      'Country: Choose the country of delivery.',
    ]);
    await page.getByLabel('Company').fill('Morava Pack');
    await page.getByLabel('Delivery address').fill('Vídeňská 5, Brno');
    await page.getByLabel('Country', { exact: true }).selectOption('CZ');
    await page.getByLabel('The invoice goes to another address').check();
    await page.getByLabel('Address for the invoice').fill('Účetní 1, Praha');
    await page.getByLabel('Country of that address').selectOption('CZ');
    await order.click();
    const dialog = page.getByRole('dialog', { name: 'Order from 1 partner?' });
    expect(await dialog.textContent()).toMatch(/Elektro Sever.*1 line.*104,000\.00/s);
    expect(await countRequests(page)).toBe(0);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Place 1 order' }).dblclick();
    await page.waitForURL('**/requests/*');
    expect(await countRequests(page)).toBe(1);
    await page.getByRole('heading', { name: 'Order sent' }).waitFor();
    const followed = await page.getByRole('main').innerText();
    for (const words of [
      /Confirmations\s+now\s+Ordered/,
      /Lines confirmed\s+0 of 1/,
      /The order as it was sent/,
    ])
      expect(followed).toMatch(words);
    expect(followed).not.toMatch(/with an offer|The request as|lowest list/);
    const { items } = (await (await page.request.get('/api/requests')).json()) as { items: { id: string }[] };
    const sent = (await (await page.request.get(`/api/requests/${items[0]?.id}`)).json()) as Request;
    expect(sent).toMatchObject({
      ...{ kind: 'order', title: 'Servo motor 0.75 kW' },
      orderDetails: {
        delivery: { place: 'Vídeňská 5, Brno', country: 'CZ' },
        billing: { place: 'Účetní 1, Praha', country: 'CZ' },
      },
    });
    // The next request of the same buyer needn't be typed again.
    await lineUp(page, [{ product: 'motor', quantity: 1, ask: ['motorSever'] }]);
    await page.goto('/solution/review');
    expect(await page.getByLabel('Company').inputValue()).toBe('Morava Pack');
    expect(await page.getByLabel('Address for the invoice').inputValue()).toBe('Účetní 1, Praha');
  });

  test('the review says when there is nothing to send', async () => {
    const page = await site.visit();
    await page.goto('/solution/review');
    await page.getByText('There is nothing to send').waitFor();
    await expectAccessible(page);
    await page.goto('/requests');
    await page.getByText('Nothing sent yet').waitFor();
    await expectAccessible(page);
    expect(await page.context().cookies()).toEqual([]);
  });
});
