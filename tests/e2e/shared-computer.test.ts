import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buyers, eventually, openSite, password, type Site } from './site.ts';
import { reviewAndSend } from './steps.ts';

/** A computer that several people use, one after the other. */
let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.end());

async function logIn(page: Page, { email }: { email: string }): Promise<void> {
  await page.goto('/account/login');
  await page.getByLabel('E-mail', { exact: false }).fill(email);
  await page.getByLabel('Password', { exact: false }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(/\/account$/);
}
const logOut = async (page: Page) => {
  await page.goto('/account');
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL(/\/account\/login/);
};

test('the next person sees nothing of the one who logged out, who sees everything in another browser', async () => {
  const { motor } = site.world.products;
  const shared = await site.visit();
  await logIn(shared, buyers.ana);
  await shared.goto(`/p/${motor}/x`);
  await shared.locator('.ask-form__foot button').click();
  await shared
    .getByText(/in line 1/)
    .first()
    .waitFor();
  await shared.goto('/solution/review');
  await shared.locator('summary', { hasText: `Account of ${buyers.ana.name}` }).waitFor();
  expect(await shared.getByLabel('Full name').inputValue()).toBe(buyers.ana.name);
  expect(await shared.getByLabel('E-mail').inputValue()).toBe(buyers.ana.email);
  const path = await reviewAndSend(shared, buyers.ana.email);
  const planted = (await shared.context().cookies()).find(({ name }) => name === 'sid');
  await logOut(shared);
  // The button "Back" must not bring a page of hers.
  for (let step = 0; step < 6; step += 1) {
    await shared.goBack();
    // A page that is replaced meanwhile has no content for a moment.
    const html = await eventually(() => shared.content().catch(() => undefined));
    expect(html).not.toContain(buyers.ana.email);
  }
  for (const person of [null, buyers.boris]) {
    if (person) await logIn(shared, person);
    expect((await shared.goto(path))?.status()).toBe(404);
    await shared.goto('/requests');
    expect(await shared.locator('main').innerText()).not.toMatch(/QL-\d\d-/);
    await shared.goto('/solution');
    expect(await shared.locator('main').innerText()).not.toContain('MOT-7');
  }
  const cookies = await shared.context().cookies();
  expect(cookies.map(({ value }) => value)).not.toContain(planted?.value);
  const kept = await shared.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.body.innerText]),
  );
  expect(kept).not.toMatch(new RegExp(`${buyers.ana.email}|${buyers.ana.name}`));

  const elsewhere = await site.visit();
  await logIn(elsewhere, buyers.ana);
  expect((await elsewhere.goto(path))?.status()).toBe(200);
  await elsewhere.goto('/requests');
  await elsewhere
    .getByText(/QL-\d\d-/)
    .first()
    .waitFor();
});
