import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { linkOf } from '../server/requests/answers.ts';
import { jana, sendUsual, tokenFor, type WantedLine } from '../server/requests/people.ts';
import { openPages } from './pages.ts';

/** A partner's answer page in a browser, with scripts and without. */
const { service, world, visit } = await openPages();
await service.ctx.sql`insert into exchange_rates (currency, date, rate)
  values ('RSD', ${service.clock.now().toISOString().slice(0, 10)}, 117.2)`;

/** Sends a request of two lines with list prices in dinars and opens its answer page. */
async function openAnswer(javaScriptEnabled: boolean, locale = 'en-GB'): Promise<Page> {
  const lines: WantedLine[] = [
    { product: 'sensor', quantity: 4, ask: ['sensorSever'] },
    { product: 'motor', quantity: 2, ask: ['motorSever'] },
  ];
  const request = await sendUsual(service.visitor(), world, lines);
  const token = await linkOf(service, request.id, world.mail.sever);
  const page = await visit(service.outsider(), { locale, javaScriptEnabled });
  await page.goto(`/e/${token}`);
  if (javaScriptEnabled) await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  return page;
}

const priceOf = (page: Page, line: number) =>
  page.getByRole('textbox', { name: new RegExp(`price.*line ${line}`, 'i') });
const check = (page: Page) => page.getByRole('button', { name: 'Check and send' }).click();

describe.each([{ scripts: true }, { scripts: false }])('an answer, scripts: $scripts', ({ scripts }) => {
  test('no price keeps its number unmarked in another currency, up to the last look before it is sent', async () => {
    const page = await openAnswer(scripts);
    expect(await priceOf(page, 1).inputValue()).toBe('4500.00');
    await page.getByLabel('Currency').selectOption('EUR');
    if (scripts) {
      expect(await priceOf(page, 1).inputValue()).toBe('38.40');
      expect(await priceOf(page, 2).inputValue()).toBe('443.69');
      expect(await page.getByText(/^Converted from RSD [\d,.]+ at the rates of/).count()).toBe(2);
    }
    await check(page);
    await page.getByText('The prices of lines 1 and 2 were converted from another currency.').waitFor();
    const table = await page.getByRole('table').first().innerText();
    expect(table.match(/Converted from RSD/g)).toHaveLength(2);
    expect(table).toContain('€38.40');
    expect(table).not.toMatch(/€4,500|€52,000/);
    await page.context().close();
  });

  test('a price without a rate is asked for again, and a typed one is converted or marked as unsure', async () => {
    const page = await openAnswer(scripts);
    await priceOf(page, 2).fill('50000');
    await page.getByLabel('Currency').selectOption('USD');
    await check(page);
    if (scripts) await page.getByText('No exchange rate for RSD 50000.00: enter the price').waitFor();
    else await page.getByText('Typed while prices were in RSD: check it').waitFor();
    await page.getByText('No exchange rate for RSD 4500.00: enter the price').waitFor();
    expect(await page.getByRole('heading', { name: 'Check your answer' }).count()).toBe(0);
    expect(await priceOf(page, 1).inputValue()).toBe('');
    await page.context().close();
  });
});

test('a date field has its day beside it in the reader’s language, as it is chosen', async () => {
  const page = await openAnswer(true, 'sr-Latn-RS');
  const field = page.locator('input[name=validUntil]');
  const day = (iso: string) =>
    new Intl.DateTimeFormat('sr-Latn', {
      ...({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const),
    }).format(new Date(`${iso}T12:00:00`));
  await page.getByText(day(await field.inputValue()), { exact: true }).waitFor();
  await field.fill('2027-01-06');
  await page.getByText('sre, 6. jan 2027.', { exact: true }).waitFor();
  await field.fill('');
  expect(await page.locator('output[data-out=date]').first().textContent()).toBe('');
  await page.context().close();
});

test('a link copied with what stood behind it opens its page', async () => {
  const request = await sendUsual(service.visitor(), world);
  await service.drain();
  const answer = `/e/${await linkOf(service, request.id, world.mail.brandt)}`;
  const follow = `/f/${tokenFor(service, jana.email, 'f')}`;
  for (const path of [answer, follow]) {
    for (const more of ['.', ',', ')', '%20', '%E2%80%8B']) {
      expect([path.slice(0, 3), more, (await fetch(service.url + path + more)).status]).toEqual([
        ...[path.slice(0, 3), more, 200],
      ]);
    }
  }
});
