import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeAt } from '../server/accounts/authenticator.ts';
import { type Demo, openDemo } from './demo.ts';
import { looksRightEverywhere } from './site.ts';

/** A second factor without scripts: setting it up, and logging in with it. */
let demo: Demo;
let page: Page;
beforeAll(async () => {
  demo = await openDemo();
  page = await demo.visit('/account/login?next=/account/settings/security', { javaScriptEnabled: false });
});
afterAll(() => demo.end());

const press = (name: string) => page.locator('main').getByRole('button', { name }).click();
/** The code that an app shows in the next time step: each step's works once. */
const nextCode = (secret: string) => codeAt(secret, new Date(Date.now() + 30_000));

test('a buyer sets up an authenticator app, is asked for its code at the login, and goes on to the page they wanted', async () => {
  const people = (await (await fetch(`${demo.url}/dev/people.json`)).json()) as Record<string, string>[];
  const { email = '', password = '' } = people.find(({ role }) => role === 'buyer') ?? {};
  const logIn = async () => {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await press('Log in');
  };
  await logIn();
  await page.waitForURL(/\/account\/settings\/security$/);
  await press('Set up an authenticator app');
  await page.getByAltText('QR code with the secret for the app').waitFor();
  await looksRightEverywhere(page);
  const secret = ((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '');
  await page.getByLabel('Code that the app shows').fill('000000');
  await press('Turn it on');
  await page.getByText('The code is wrong, too old or used already.').first().waitFor();
  expect(((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '')).toBe(secret);
  await looksRightEverywhere(page);
  await page.getByLabel('Code that the app shows').fill(codeAt(secret, new Date()));
  await press('Turn it on');
  await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
  await looksRightEverywhere(page);
  const [recovery = ''] = await page.locator('.codes li').allTextContents();
  await page.getByRole('link', { name: 'I have kept them' }).click();
  await page.getByText('10 recovery codes are left.').waitFor();
  await looksRightEverywhere(page);

  for (const code of [() => nextCode(secret), () => recovery]) {
    await page.context().clearCookies();
    await page.goto('/account/login?next=/account/settings/security');
    await logIn();
    await page.waitForURL(/\/account\/login\/code\?next=/);
    await page.getByLabel('Code', { exact: true }).fill('000000');
    await press('Log in');
    await page.getByText('The code is wrong, too old or used already.').first().waitFor();
    await looksRightEverywhere(page);
    await page.getByLabel('Code', { exact: true }).fill(code());
    await press('Log in');
    await page.waitForURL(/\/account\/settings\/security$/);
  }
  await page.getByText('9 recovery codes are left.').waitFor();
  await page.locator('summary', { hasText: 'Remove the app' }).click();
  await page.locator('[name=toEnd]').fill('not this one');
  await press('Remove the app');
  await page.getByText('This is not your password.').first().waitFor();
  await page.locator('[name=toEnd]').fill(password);
  await press('Remove the app');
  await page.getByText('The authenticator app is removed.').waitFor();
});
