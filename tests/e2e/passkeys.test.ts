import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Demo, openDemo } from './demo.ts';
import { looksRightEverywhere } from './site.ts';

/** Passkeys in Chromium with its virtual authenticator, which stands for the lock of a device. */
let demo: Demo;
let page: Page;
let devtools: CDPSession;
let authenticatorId: string;
beforeAll(async () => {
  demo = await openDemo();
  page = await demo.visit('/account/login?next=/account/settings/security');
  devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  ({ authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true },
    },
  }));
});
afterAll(() => demo.end());

const press = (name: string) => page.locator('main').getByRole('button', { name }).click();

test('a buyer adds a passkey, is asked for it at the login, renames and removes it', async () => {
  const people = (await (await fetch(`${demo.url}/dev/people.json`)).json()) as Record<string, string>[];
  const { email = '', password = '' } = people.find(({ role }) => role === 'buyer') ?? {};
  const logIn = async () => {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await press('Log in');
  };
  await logIn();
  await page.waitForURL(/\/account\/settings\/security$/);
  await page.locator('summary', { hasText: 'Add a passkey' }).click();
  await page.locator('[name=forPasskey]').fill('not this one');
  await press('Go on');
  await page.getByText('This is not your password.').first().waitFor();
  await page.locator('[name=forPasskey]').fill(password);
  await press('Go on');
  await page.getByLabel('Name of the passkey').fill('Office laptop');
  await looksRightEverywhere(page);
  await press('Create the passkey');
  await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
  await page.getByRole('link', { name: 'I have kept them' }).click();
  await page.getByText('Office laptop').waitFor();
  await page.getByText('not used yet').waitFor();
  await looksRightEverywhere(page);

  await page.context().clearCookies();
  await page.goto('/account/login?next=/account/settings/security');
  await logIn();
  await page.waitForURL(/\/account\/login\/code\?next=/);
  await looksRightEverywhere(page);
  // The device has none for this site: the form stays, and can be used again.
  const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
  await devtools.send('WebAuthn.clearCredentials', { authenticatorId });
  await press('Use a passkey');
  await page.getByText('The passkey was not used.').waitFor();
  await devtools.send('WebAuthn.addCredential', { authenticatorId, credential: credentials[0]! });
  await press('Use a passkey');
  await page.waitForURL(/\/account\/settings\/security$/);
  const card = page.getByRole('region', { name: 'Passkeys' });
  await card.getByText('last used').waitFor();

  await card.locator('summary', { hasText: 'Rename' }).click();
  await page.getByLabel('Name of the passkey').fill('Home PC');
  await press('Rename');
  await page.getByText('The passkey has its new name.').waitFor();
  await page.getByText('Home PC').waitFor();
  await card.locator('summary', { hasText: 'Remove' }).click();
  await page.locator('[name^=toRemove]').fill(password);
  await press('Remove');
  await page.getByText('The passkey is removed.').waitFor();
  expect(await page.getByText('Home PC').count()).toBe(0);
  expect(await page.getByRole('heading', { name: 'Recovery codes' }).count()).toBe(0);
});
