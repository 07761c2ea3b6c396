import { afterAll, beforeAll, expect, test } from 'vitest';
import { buyers, looksRightEverywhere, openSite, password, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.end());

test('a person keeps addresses, a currency and which mails they want without scripts, and a request begins with the default address', async () => {
  const page = await site.visit({ javaScriptEnabled: false });
  const press = (name: string) => page.locator('main').getByRole('button', { name }).click();
  await page.goto('/account/login?next=/account/settings/addresses');
  await page.getByLabel('E-mail').fill(buyers.boris.email);
  await page.getByLabel('Password').fill(password);
  await press('Log in');
  await page.waitForURL(/\/account\/settings\/addresses$/);
  await press('Save');
  await page.getByText('Name').first().waitFor();
  await looksRightEverywhere(page);
  const add = async (name: string, place: string) => {
    const form = page.locator('#add').locator('xpath=..');
    await form.getByLabel('Name').fill(name);
    await form.getByLabel('Delivery address').fill(place);
    await form.getByLabel('Country').selectOption('RS');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your addresses are saved.').waitFor();
  };
  await add('Warehouse', 'Dunavska 8, Novi Sad');
  await add('Office', 'Knez Mihailova 1, Beograd');
  await looksRightEverywhere(page);

  await page.getByRole('link', { name: 'Mails' }).click();
  await page.getByLabel('Messages of partners, and questions about more time').uncheck();
  await press('Save');
  await page.getByText('Your choice is saved.').waitFor();
  expect(await page.getByLabel('Messages of partners, and questions about more time').isChecked()).toBe(
    false,
  );
  await looksRightEverywhere(page);

  await page.getByRole('link', { name: 'Profile' }).click();
  await page.locator('main').getByLabel('Currency').selectOption('CHF');
  await press('Save');
  await page.getByText('Your profile is saved.').waitFor();
  expect(await page.locator('main').getByLabel('Currency').inputValue()).toBe('CHF');

  await page.context().request.post('/api/solutions/current/lines', {
    data: { productId: site.world.products.sensor, quantity: 4 },
    headers: { origin: site.url },
  });
  await page.goto('/solution/review');
  const place = page.getByLabel('Delivery address');
  expect(await place.inputValue()).toBe('Dunavska 8, Novi Sad');
  await page.getByRole('link', { name: 'Office' }).click();
  expect(await place.inputValue()).toBe('Knez Mihailova 1, Beograd');
  await looksRightEverywhere(page);
});
