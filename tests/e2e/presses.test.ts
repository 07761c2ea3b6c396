import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSite, type Site } from './site.ts';

/** A form that is sent twice adds once, with and without scripts. */
let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.end());

/** What a page has once its scripts run: SvelteKit's or its own. */
const hydrated = '#svelte-announcer, html[data-ready]';

/** Returns a buyer who has a solution already. */
async function newBuyer(javaScriptEnabled: boolean): Promise<Page> {
  const page = await site.visit({ javaScriptEnabled });
  await page.request.get('/api/solutions/current');
  return page;
}

async function quantities(page: Page): Promise<number[]> {
  const solution = await page.request.get('/api/solutions/current');
  return ((await solution.json()) as { lines: { quantity: number }[] }).lines.map((line) => line.quantity);
}

const asForm = () => ({ origin: site.url, accept: 'text/html' });

/** Sends the page's form as it is, so many times at once; returns where each answer redirects to. */
async function press(page: Page, form: string, times = 2): Promise<(string | undefined)[]> {
  const { action, fields } = await page.locator(form).evaluate((element: HTMLFormElement) => ({
    action: element.action,
    fields: [...new FormData(element)].map(([name, value]) => [name, value as string]),
  }));
  const headers = { ...asForm(), 'content-type': 'application/x-www-form-urlencoded' };
  const data = new URLSearchParams(fields).toString();
  const answers = await Promise.all(
    Array.from({ length: times }, () => page.request.post(action, { data, headers, maxRedirects: 0 })),
  );
  return answers.map((answer) =>
    answer.status() === 303 ? answer.headers()['location'] : answer.statusText(),
  );
}

test('two presses at once add once on a product page, in a list and by code', async () => {
  const page = await newBuyer(false);
  await page.goto(`/p/${site.world.products.motor}`);
  const [first, second] = await press(page, '#ask');
  expect(first).toMatch(/^\/p\//);
  expect(second).toBe(first);
  await page.goto('/search?q=sensor');
  await press(page, '.add-form');
  await page.goto('/solution');
  await page.getByLabel('Add by code').fill('CAB-5');
  await page.locator('.add-line input[name=quantity]').fill('100');
  const lines = await press(page, 'form:has(.add-line)');
  expect(lines[0]).toMatch(/^\/solution#line-/);
  expect(lines[1]).toBe(lines[0]);
  expect(await quantities(page)).toEqual([1, 1, 100]);
  // After a reload the same form is a new request.
  await page.goto(`/p/${site.world.products.motor}`);
  await press(page, '#ask', 1);
  expect(await quantities(page)).toEqual([2, 1, 100]);
});

test('a pasted list sent twice at once is added once', async () => {
  const page = await newBuyer(false);
  await page.goto('/solution/paste');
  await page.locator('textarea').fill('MOT-7 3\n6ES-100 2');
  await page.getByRole('button', { name: 'Read the list' }).click();
  const field = (name: string) => page.locator(`#add-list input[name=${name}]`).first().inputValue();
  const multipart = { key: await field('key'), list: await field('list'), ready: await field('ready') };
  const send = () => page.request.post('/solution/paste?/add', { multipart, headers: asForm() });
  for (const answer of await Promise.all([send(), send()])) {
    expect(await answer.text()).toContain('2 rows were added');
  }
  expect(await quantities(page)).toEqual([3, 2]);
});

test('a double press adds once in each of two tabs with scripts', async () => {
  const page = await newBuyer(true);
  const other = await page.context().newPage();
  const tabs = [page, other];
  for (const tab of tabs) {
    await tab.goto(`/p/${site.world.products.motor}`);
    await tab.locator(hydrated).waitFor({ state: 'attached' });
  }
  await Promise.all(tabs.map((tab) => tab.locator('.ask-form__foot button').dblclick()));
  for (const tab of tabs)
    await tab
      .getByText(/in line 1/)
      .first()
      .waitFor();
  expect(await quantities(page)).toEqual([2]);
});

/** Holds back everything that the page reloads, as data or as HTML, until the returned function is called. */
async function holdReloads(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**', async (route) => {
    const request = route.request();
    const isPage = request.resourceType() === 'fetch' && request.headers()['accept'] === 'text/html';
    if (request.method() === 'GET' && (isPage || request.url().includes('__data.json'))) await promise;
    await route.continue();
  });
  return resolve;
}

/** Opens a page and waits until its scripts run. */
async function openHydrated(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator(hydrated).waitFor({ state: 'attached' });
}

test('codes entered in a row are all added without a reload, also the same code again', async () => {
  const page = await newBuyer(true);
  await openHydrated(page, '/solution');
  const releaseReloads = await holdReloads(page);
  const code = page.getByLabel('Add by code');
  for (const [entered, expected] of [
    ['MOT-7', [1]],
    ['6ES-100', [1, 1]],
    ['MOT-7', [2, 1]],
    ['MOT-7', [3, 1]],
  ] as const) {
    await code.fill(entered);
    await code.press('Enter');
    await expect.poll(() => quantities(page)).toEqual(expected);
    await expect.poll(() => code.inputValue()).toBe('');
  }
  expect(await page.getByLabel('Quantity of').count()).toBe(0);
  releaseReloads();
  await page.getByLabel('Quantity of').getByRole('textbox').nth(1).waitFor();
});

test('another press on a product page adds without a reload, and a row of a list changes without one', async () => {
  const page = await newBuyer(true);
  await openHydrated(page, `/p/${site.world.products.motor}`);
  let releaseReloads = await holdReloads(page);
  const pressed = async (form: string, quantity: string, expected: number[]) => {
    await page.locator(`${form} input[name=quantity]`).first().fill(quantity);
    await page.locator(`${form} button:not([type=button])`).first().click();
    await expect.poll(() => quantities(page)).toEqual(expected);
    await page.locator(`${form} button[aria-disabled]`).waitFor({ state: 'detached' });
  };
  await pressed('#ask', '1', [1]);
  await pressed('#ask', '1', [2]);
  await pressed('#ask', '3', [5]);
  releaseReloads();
  await openHydrated(page, '/search?q=sensor');
  releaseReloads = await holdReloads(page);
  await pressed('.add-form', '1', [5, 1]);
  await page.locator('.in-solution').waitFor();
  releaseReloads();
});

test('rows of a pasted list that are corrected in a row are all added', async () => {
  const page = await newBuyer(true);
  await openHydrated(page, '/solution/paste');
  const enter = () => page.locator('main form button:not([type=button])').last().click();
  const codes = page.locator('input[name=code]');
  await page.locator('textarea').fill('NONE-1 2\nNONE-2 3');
  await page.getByRole('button', { name: 'Read the list' }).click();
  const first = page.getByRole('button', { name: 'Add the rows you corrected' });
  await first.waitFor();
  const releaseReloads = await holdReloads(page);
  for (const [left, code, expected] of [
    [2, 'MOT-7', [2]],
    [1, '6ES-100', [2, 3]],
  ] as const) {
    await expect.poll(() => codes.count()).toBe(left);
    await codes.first().fill(code);
    await page.locator('main form button[aria-disabled]').waitFor({ state: 'detached' });
    await (left === 2 ? first.click() : enter());
    await expect.poll(() => quantities(page)).toEqual(expected);
  }
  releaseReloads();
});
