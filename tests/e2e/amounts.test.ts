import { eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { offers } from '#db/tables/catalog.ts';
import { answer, dayFrom, linkOf } from '../server/requests/answers.ts';
import { assemble, sendUsual, tokenFor } from '../server/requests/people.ts';
import { openPages } from './pages.ts';
import { expectNoSideways } from './site.ts';

/** Pages with long amounts, in a currency for which browsers and the server show different numbers of digits. */
const { service, world, ...pages } = await openPages();
const buyer = service.visitor();
let paths: string[];

beforeAll(async () => {
  for (const name of ['motorSever', 'sensorSever'] as const) {
    await service.ctx.db
      .update(offers)
      .set({ price: '12345678901.0000' })
      .where(eq(offers.id, Number(world.offers[name])));
  }
  const request = await sendUsual(buyer, world);
  const answered = await linkOf(service, request.id, world.mail.sever);
  const validUntil = dayFrom(service, 10);
  const given = [{ price: '12345678901.2345', days: 5 }];
  expect((await answer(service.outsider(), answered, given, { validUntil })).status).toBe(201);
  const brandt = await linkOf(service, request.id, world.mail.brandt);
  expect((await answer(service.outsider(), brandt, [], { validUntil })).status).toBe(201);
  const open = await linkOf(service, (await sendUsual(buyer, world)).id, world.mail.sever);
  await service.drain();
  await assemble(buyer, world);
  paths = [
    '/search?q=sensor&currency=RSD&priceMin=12.5',
    `/p/${world.products.sensor}`,
    '/partners/sever',
    '/solution',
    '/solution/review',
    '/requests',
    `/requests/${request.id}`,
    `/e/${open}`,
    `/e/${answered}`,
    `/f/${tokenFor(service, 'jana@morava.example', 'f')}`,
  ];
});

/** Opens the buyer's browser in a zone far from UTC, with scripts or without. */
async function visit(locale: string, javaScriptEnabled: boolean): Promise<Page> {
  const timeZone = 'America/New_York';
  const page = await pages.visit(buyer, { locale, javaScriptEnabled, timezoneId: timeZone });
  await page.context().addCookies([{ name: 'tz', value: timeZone, url: service.url }]);
  return page;
}

/** Opens a page and waits until its scripts run. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  // Pages with SvelteKit's runtime, and those with a small script of their own.
  await page.locator('#svelte-announcer, html[data-ready]').waitFor({ state: 'attached' });
}

/**
 * Returns the text of a page, line by line, except buttons, whose text may differ with scripts; with the days beside date
 * fields, which are only shown with scripts.
 */
const linesOf = (page: Page) =>
  page.evaluate(() => {
    for (const day of document.querySelectorAll<HTMLElement>('output[data-out="date"]'))
      day.style.display = 'inline';
    for (const element of document.querySelectorAll('noscript, button')) element.remove();
    return document.body.innerText.split('\n').filter((line) => line.trim());
  });

test.each(['en-GB', 'sr-RS'])(
  "amounts and times rendered on the server in %s don't change when scripts run",
  async (locale) => {
    const plain = await visit(locale, false);
    const running = await visit(locale, true);
    for (const path of paths) {
      await plain.goto(path);
      await open(running, path);
      expect(await linesOf(running), path).toEqual(await linesOf(plain));
    }
  },
);

test('a long amount is fully visible on every page, and no page scrolls sideways', async () => {
  const page = await visit('sr-RS', true);
  for (const path of paths) {
    await open(page, path);
    for (const width of [360, 600, 1000]) {
      await page.setViewportSize({ width, height: 800 });
      await expectNoSideways(page);
      expect(await hiddenAmounts(page), `${path} at ${width} px`).toEqual([]);
    }
  }
});

/** Returns amounts that overflow their box or are partly covered. */
const hiddenAmounts = (page: Page) =>
  page.evaluate(() => {
    const places = 'td, th, dd, li, label, p, .send-bar__total';
    const isHidden = (amount: Element): boolean => {
      const place = amount.closest(places);
      amount.scrollIntoView({ block: 'center', inline: 'center' });
      const box = amount.getBoundingClientRect();
      if (!place || !amount.checkVisibility()) return false;
      const room = place.getBoundingClientRect();
      if (box.left < room.left - 1 || box.right > room.right + 1) return true;
      // The matrix scrolls under its first column.
      if (amount.closest('.comparison-frame')) return false;
      return [box.left + 1, box.right - 1].some((x) => {
        const seen = document.elementFromPoint(x, (box.top + box.bottom) / 2);
        return !place.contains(seen);
      });
    };
    return [...document.querySelectorAll('data')].filter(isHidden).map((amount) => amount.textContent);
  });
