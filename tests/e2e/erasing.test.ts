import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buyers, looksRightEverywhere, openSite, password, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.end());

test('a person gets a copy of their data and erases the account without scripts', async () => {
  const page = await site.visit({ javaScriptEnabled: false, acceptDownloads: true });
  await page.goto('/account/login?next=/account/settings');
  const logIn = async () => {
    await page.getByLabel('E-mail').fill(buyers.ana.email);
    await page.getByLabel('Password').fill(password);
    await page.locator('main').getByRole('button', { name: 'Log in' }).click();
  };
  await logIn();
  await page.waitForURL(/\/account\/settings$/);
  const founded = await page
    .context()
    .request.post('/api/company', { data: { name: 'Ana & Co' }, headers: { origin: site.url } });
  expect(founded.status()).toBe(201);
  await page.getByRole('link', { name: 'Your data' }).click();
  await page.waitForURL(/\/account\/settings\/privacy$/);
  await looksRightEverywhere(page);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Get the copy' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('quoteline-data.json');
  const copy = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(copy.account).toMatchObject({ email: buyers.ana.email, name: buyers.ana.name });

  const erase = page.getByRole('button', { name: 'Erase the account for good' });
  const ending = page.getByLabel('My company ends with my account');
  await page.getByLabel('Current password').fill(password);
  await erase.click();
  await page.getByText('Tick that your company ends').waitFor();
  await ending.check();
  await page.getByLabel('Current password').fill('a guess');
  await erase.click();
  await page.getByText('This is not your password.').first().waitFor();
  expect(await ending.isChecked()).toBe(true);
  await looksRightEverywhere(page);
  await page.getByLabel('Current password').fill(password);
  await erase.click();
  await page.waitForURL(/\/account\/login\?said=erased$/);
  await page.getByText('Your account is erased.').waitFor();
  await logIn();
  await page.getByText('The e-mail address or the password is wrong.').first().waitFor();
  await expect
    .poll(() => site.mail.to(buyers.ana.email).map(({ subject }) => subject))
    .toContain('Your account was erased');
});
