import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Demo, openDemo } from './demo.ts';
import { expectAccessible, expectNoSideways } from './site.ts';

/** Finding products in the demo's catalogue, and adding them, with a keyboard, on a phone and without scripts. */
let demo: Demo;
beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.end());

const phone = { viewport: { width: 390, height: 844 } };
const total = async (page: Page) =>
  Number((await page.locator('.results__head [role=status]').innerText()).replace(/\D/g, ''));

test('rows of results give their width to the names, and search words of any language are links', async () => {
  const page = await demo.visit('/search?q=sensor', { viewport: { width: 1440, height: 900 } });
  const row = page.locator('.results-table tbody tr').first();
  const widthOf = async (cell: string) => (await row.locator(cell).boundingBox())?.width ?? 0;
  expect(await widthOf('.cell-add')).toBeLessThan(190);
  expect(await widthOf('th')).toBeGreaterThan(320);
  await row.locator('th a').click();
  const words = page.getByRole('list', { name: 'Also found as' });
  expect(await words.getAttribute('lang')).toBe('');
  await words.getByRole('link').last().click();
  expect(await total(page)).toBeGreaterThan(0);
});

/** Returns whether an element is within the window. */
const isInView = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { top, bottom, height } = element.getBoundingClientRect();
      return height > 0 && top >= 0 && bottom <= window.innerHeight;
    });

test('every example of the home page finds something, and its solution is of the catalogue', async () => {
  const page = await demo.visit('/');
  const examples = await page
    .locator('.hero__try a')
    .evaluateAll((links: HTMLAnchorElement[]) => links.map(({ href }) => href));
  expect(examples.length).toBeGreaterThan(2);
  const products = await page
    .locator('.scheme a')
    .evaluateAll((links: HTMLAnchorElement[]) => links.map(({ href }) => href));
  expect(products.length).toBeGreaterThan(3);
  expect(await page.locator('input[type=search]').count()).toBe(1);
  for (const href of examples) {
    await page.goto(href);
    expect(await total(page), href).toBeGreaterThan(0);
    expect(await page.locator('.near').count(), href).toBe(0);
  }
  for (const href of products) expect((await page.request.get(href)).status(), href).toBe(200);
});

test('no page of a buyer scrolls sideways at 320 px', async () => {
  const page = await demo.visit('/search?q=sensor', { viewport: { width: 320, height: 640 } });
  await page.locator('.add-form button').first().click();
  await page.locator('.in-solution').first().waitFor();
  const product = await page.locator('.results-table th a').first().getAttribute('href');
  const paths = [
    '/',
    '/search?q=sensor&kind=product',
    '/search?q=zzzzzz',
    '/c/automation',
    product ?? '',
    '/partners',
    '/solution',
    '/solution/paste',
    '/solution/review',
    '/requests',
    '/account/login',
    '/nowhere',
  ];
  for (const path of paths) {
    await page.goto(path);
    await expectNoSideways(page);
    await page.mouse.wheel(0, 400);
    expect(await isInView(page, '.solution-button'), path).toBe(true);
    expect(await page.locator('.solution-button').innerText(), path).toContain('1');
  }
});

test.each([true, false])(
  'attributes narrow a list down, with scripts or without (%s)',
  async (javaScriptEnabled) => {
    const page = await demo.visit('/search?q=inductive', { javaScriptEnabled });
    const before = await total(page);
    const output = page.locator('#filters fieldset', { has: page.getByText('Output', { exact: true }) });
    const apply = async () => {
      if (javaScriptEnabled) return;
      await page.locator('#filters .apply').click();
    };
    await output.getByRole('checkbox', { name: /^PNP NO/ }).check();
    await apply();
    await page.waitForURL(/attr\.Output=PNP/);
    const count = Number(await output.locator('.check-row:has(:checked) .check-row__count').innerText());
    expect(await total(page)).toBe(count);
    expect(count).toBeLessThan(before);
    const least = page.locator('#filters').getByLabel('Sensing range, minimum');
    await least.fill('8');
    await least.press('Enter');
    await page.waitForURL(/Sensing\+range\.min=8/);
    expect(await total(page)).toBeLessThan(count);
    await page.getByRole('link', { name: /Sensing range: from 8/ }).click();
    await page.waitForURL((url) => !url.search.includes('min=8'));
    expect(await total(page)).toBe(count);
    if (javaScriptEnabled) await expectAccessible(page);
  },
);

test('a reader of Serbian meets categories, attributes and their words in Serbian', async () => {
  const page = await demo.visit('/', { locale: 'sr-RS' });
  await page.locator('main').getByRole('link', { name: 'Prenos snage' }).click();
  await page.waitForURL(/\/c\/mechanical-engineering\/power-transmission$/);
  expect(await page.locator('.breadcrumbs').innerText()).toMatch(/Mašinstvo\s+Prenos snage/);
  await page
    .getByRole('navigation', { name: 'Kategorija' })
    .first()
    .getByRole('link', { name: 'Ležajevi' })
    .click();
  const seals = page.locator('#filters fieldset', { has: page.getByText('Zaptivka', { exact: true }) });
  await seals.getByRole('checkbox', { name: /^dve gumene zaptivke/ }).check();
  await page.waitForURL(/attr\.Seal=two\+rubber\+seals/);
  await page.getByRole('link', { name: /Zaptivka: dve gumene zaptivke/ }).waitFor();
  await page.locator('.results-table th a').first().click();
  await page.waitForURL(/\/p\//);
  expect(await page.locator('.product-page__main').innerText()).toContain('Spoljašnji prečnik');
});

test.each([true, false])(
  'ticked products are compared side by side, with scripts or without (%s)',
  async (javaScriptEnabled) => {
    const page = await demo.visit('/search?q=inductive', { javaScriptEnabled });
    const compare = page.locator('.compare-bar').getByRole('button', { name: 'Compare' });
    expect(await compare.isVisible()).toBe(false);
    const ticks = page.getByRole('checkbox', { name: /^Compare / });
    for (const index of [0, 1, 2]) await ticks.nth(index).check();
    await compare.click();
    await page.waitForURL(/\/compare\?product=/);
    const table = page.getByRole('group', { name: 'Compare products' });
    const heads = table.getByRole('columnheader');
    expect(await heads.count()).toBe(3);
    const rows = table.getByRole('row');
    const all = await rows.count();
    await page.getByRole('checkbox', { name: 'Only what differs' }).check();
    expect(await rows.count()).toBeLessThan(all);
    await expectNoSideways(page);
    if (javaScriptEnabled) await expectAccessible(page);
    await heads
      .first()
      .getByRole('link', { name: /^Remove / })
      .click();
    await page.waitForURL((url) => url.searchParams.getAll('product').length === 2);
    expect(await heads.count()).toBe(2);
  },
);

test('a code without separators is completed and found by keyboard, as all results are', async () => {
  const page = await demo.visit('/');
  const box = page.getByRole('combobox', { name: 'Name, code or tag' });
  await box.fill('ISM18F8');
  await page.locator('#suggestions').getByRole('option').first().waitFor();
  expect(await page.locator('[role=option] mark').first().innerText()).toBe('IS-M18-F8');
  await box.press('ArrowUp');
  await box.press('Enter');
  await page.waitForURL(/\/search\?q=ISM18F8/);
  expect(await page.locator('.near').count()).toBe(0);
  expect(await page.locator('.results-table .code mark').first().innerText()).toBe('IS-M18-F8');
  await box.fill('bear');
  await page.getByRole('group', { name: 'Categories' }).waitFor();
  expect(await page.locator('#suggestions').getByRole('option').last().innerText()).toContain(
    'All results for “bear”',
  );
});

test('adding with the keyboard moves the focus to the line, and can ask every partner', async () => {
  const page = await demo.visit('/search?q=6205');
  const form = page.locator('.add-form', { has: page.getByRole('checkbox') }).first();
  const partners = Number(/\d+/.exec(await form.locator('.ask-all').innerText())?.[0]);
  await form.getByRole('checkbox').check();
  await form.locator('input[name=quantity]').press('Enter');
  await page.locator('.in-solution').first().waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('href')))
    .toBe('/solution');
  const solution = (await (await page.request.get('/api/solutions/current')).json()) as {
    lines: { offers: { asked: boolean }[] }[];
  };
  expect(solution.lines[0]?.offers.filter(({ asked }) => asked)).toHaveLength(partners);
});

test('ticks and numbers entered before scripts run stay', async () => {
  const page = await demo.visit('/search?q=sensor');
  const scripts = Promise.withResolvers<void>();
  await page.route('**/*.js', async (route) => {
    await scripts.promise;
    await route.continue();
  });
  await page.goto('/search?q=sensor', { waitUntil: 'commit' });
  const boxes = [
    page.locator('.add-form [name=askAll]').first(),
    page.locator('#filters [name=vendor]').first(),
    page.locator('#filters [name=inStock]'),
    page.locator('#filters [name=kind]').nth(1),
  ];
  const fields = [
    page.locator('.add-form [name=quantity]').first(),
    page.locator('#filters [name=priceMin]'),
  ];
  for (const box of boxes) await box.check();
  for (const field of fields) await field.fill('12');
  scripts.resolve();
  await page.locator('html[data-ready]').waitFor();
  for (const box of boxes) expect(await box.isChecked()).toBe(true);
  for (const field of fields) expect(await field.inputValue()).toBe('12');
});

test('adding on a phone is confirmed on the screen, keeps the focus and clears the note', async () => {
  const page = await demo.visit('/search?q=6205', phone);
  await page.goto((await page.locator('.results-table th a').first().getAttribute('href')) ?? '');
  await page.getByLabel(/^Note for the partners/).fill('Cut to length');
  const button = page.locator('.ask-form__foot button');
  await button.click();
  await page.locator('.ask-form__added b').waitFor();
  await expect.poll(() => isInView(page, '.ask-form__added b')).toBe(true);
  expect(await page.getByLabel(/^Note for the partners/).inputValue()).toBe('');
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await page.locator('.solution-button').innerText()).toContain('1');
  expect(await isInView(page, '.solution-button')).toBe(true);
});

test('forced colours keep the edge of the search box and the states of steps', async () => {
  const page = await demo.visit('/solution', { forcedColors: 'active' });
  const style = (selector: string, property: string, pseudo?: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element, [name, of]) => getComputedStyle(element, of).getPropertyValue(name ?? ''), [
        property,
        pseudo,
      ] as const);
  expect(await style('.search-box', 'border-top-width')).toBe('1px');
  const now = await style('.route .now', 'background-color', '::after');
  expect(now).not.toBe(await style('.route li:last-child', 'background-color', '::after'));
});

test('products that no text was entered for are sorted by name, not by match', async () => {
  const page = await demo.visit('/search');
  const orders = page.locator('#sort option');
  expect(
    await orders.evaluateAll((options: HTMLOptionElement[]) => options.map(({ value }) => value)),
  ).toEqual(['price_asc', 'price_desc', 'name']);
  expect(await page.locator('#sort').inputValue()).toBe('name');
  await page.goto('/search?q=sensor');
  expect(await page.locator('#sort').inputValue()).toBe('relevance');
});
