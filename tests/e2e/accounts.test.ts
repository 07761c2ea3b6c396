import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Demo, openDemo } from './demo.ts';
import { eventually, looksRightEverywhere } from './site.ts';

/** People with accounts of their own, in the demo, with scripts and without. */
let demo: Demo;
beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.end());

const password = 'forest rain under bridges';
const second = 'meadow clouds over rails';

/** Opens the newest mail to an address in the demo's mailbox and follows its link. */
async function followMail(page: Page, email: string, subject: string): Promise<void> {
  await eventually(async () => {
    await page.goto(`/dev/mail?to=${encodeURIComponent(email)}`);
    return (await page.getByRole('link', { name: subject }).count()) > 0 ? true : undefined;
  });
  await page.getByRole('link', { name: subject }).first().click();
  await page
    .getByRole('link', { name: /\/account\// })
    .first()
    .click();
  await page.waitForURL(/\/account\//);
}

async function fill(page: Page, values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label).fill(value);
}

const press = (page: Page, name: string) => page.locator('main').getByRole('button', { name }).click();

describe.each([
  { how: 'with scripts', javaScriptEnabled: true },
  { how: 'without scripts', javaScriptEnabled: false },
])('a buyer $how', ({ how, javaScriptEnabled }) => {
  const email = `mira-${how.replace(' ', '-')}@people.example`;
  let page: Page;

  test('registers, is told what is wrong, and gets a mail', async () => {
    page = await demo.visit('/account/login', { javaScriptEnabled });
    await page.getByRole('link', { name: 'Register', exact: true }).click();
    await page.waitForURL(/\/account\/register$/);
    await looksRightEverywhere(page);
    await fill(page, {
      'Full name': 'Mira Petrović',
      Company: 'Morava Pack',
      'E-mail': 'mira',
      Password: 'short',
    });
    await press(page, 'Register');
    await page.getByText('Use at least 8 characters.').first().waitFor();
    expect(await page.getByLabel('Full name').inputValue()).toBe('Mira Petrović');
    expect(await page.getByLabel('Password').inputValue()).toBe('');
    await looksRightEverywhere(page);
    await fill(page, { 'E-mail': email, Password: password });
    await press(page, 'Register');
    await page.getByText(`We have sent a mail to ${email}`).waitFor();
    await looksRightEverywhere(page);
  });

  test('proves the address by a press in the mail’s page, which asks other browsers for the password', async () => {
    await followMail(page, email, 'Confirm your e-mail address');
    const link = page.url();
    const other = await demo.visit(link, { javaScriptEnabled });
    expect(await other.evaluate(() => document.referrer)).toBe('');
    await fill(other, { Password: 'a wrong password' });
    await press(other, 'Confirm and log in');
    await other.getByText('The password is wrong.').waitFor();
    await looksRightEverywhere(other);
    await looksRightEverywhere(page);
    await press(page, 'Confirm and log in');
    await page.waitForURL(/\/account\?/);
    await page.getByText('Your address is confirmed').waitFor();
    await looksRightEverywhere(page);
    // A used link says so at once.
    await other.goto(link);
    await other.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
    await looksRightEverywhere(other);
    await other.context().close();
  });

  test('logs out and in again', async () => {
    await page.goto('/account');
    const sections = page.getByRole('navigation', { name: 'Your account' });
    await sections.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL(/\/account\/login/);
    await fill(page, { 'E-mail': email.toUpperCase(), Password: password });
    await press(page, 'Log in');
    await page.waitForURL(/\/account$/);
    await page.getByText('Mira Petrović').first().waitFor();
  });

  test('sets a new password by mail, which logs out where they were logged in', async () => {
    const elsewhere = await demo.visit('/account/login', { javaScriptEnabled });
    await elsewhere.getByRole('link', { name: 'Forgotten your password?' }).click();
    await elsewhere.waitForURL(/\/account\/reset$/);
    await looksRightEverywhere(elsewhere);
    await press(elsewhere, 'Send the link');
    await elsewhere.getByText('Fill in this field.').first().waitFor();
    await fill(elsewhere, { 'E-mail': 'no address' });
    await press(elsewhere, 'Send the link');
    await elsewhere.getByText('Enter an e-mail address, for example').first().waitFor();
    await looksRightEverywhere(elsewhere);
    expect(await elsewhere.getByLabel('E-mail').inputValue()).toBe('no address');
    await fill(elsewhere, { 'E-mail': email });
    await press(elsewhere, 'Send the link');
    await elsewhere.getByText('a mail with a link is on its way').waitFor();
    await followMail(elsewhere, email, 'Set a new password');
    const link = elsewhere.url();
    await fill(elsewhere, { 'New password': 'password1' });
    await press(elsewhere, 'Set the password');
    await elsewhere.getByText('first passwords anyone would guess').first().waitFor();
    await looksRightEverywhere(elsewhere);
    await fill(elsewhere, { 'New password': second });
    await press(elsewhere, 'Set the password');
    await elsewhere.waitForURL(/\/account\/login\?said=passwordSet$/);
    await elsewhere.getByText('Your new password is set.').waitFor();
    await fill(elsewhere, { 'E-mail': email, Password: second });
    await press(elsewhere, 'Log in');
    await elsewhere.waitForURL(/\/account$/);
    await page.goto('/account');
    await page.waitForURL(/\/account\/login/);
    await page.goto(link);
    await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
    await looksRightEverywhere(page);
    await elsewhere.context().close();
  });

  test('changes profile and password in the settings, and logs another browser out', async () => {
    await page.goto('/account/login?next=/account/settings');
    await fill(page, { 'E-mail': email, Password: second });
    await press(page, 'Log in');
    await page.waitForURL(/\/account\/settings$/);
    await looksRightEverywhere(page);
    await fill(page, { 'Full name': 'Mira Kos' });
    await press(page, 'Save');
    await page.getByText('Your profile is saved.').waitFor();
    await page.locator('summary', { hasText: 'Account of Mira Kos' }).waitFor();
    await page.getByRole('link', { name: 'Login and security' }).click();
    await page.waitForURL(/\/account\/settings\/security$/);
    await looksRightEverywhere(page);
    const present = page.locator('[name=current]');
    await present.fill('not this one');
    await fill(page, { 'New password': password });
    await press(page, 'Change the password');
    await page.getByText('This is not your password.').first().waitFor();
    await looksRightEverywhere(page);
    await present.fill(second);
    await fill(page, { 'New password': password });
    await press(page, 'Change the password');
    await page.getByText('Your password is changed').waitFor();
    const other = await demo.visit('/account/login', { javaScriptEnabled });
    await fill(other, { 'E-mail': email, Password: password });
    await press(other, 'Log in');
    await other.waitForURL(/\/account$/);
    await page.reload();
    await page.locator('main li').getByRole('button', { name: 'Log out' }).first().click();
    await page.getByText('The browser is logged out.').waitFor();
    await other.reload();
    await other.waitForURL(/\/account\/login/);
  });

  test('changes the address, which the former address can undo', async () => {
    const changed = `new-${email}`;
    await page.goto('/account/settings/security');
    await fill(page, { 'New e-mail address': changed });
    await page.locator('[name=own]').fill('not this one');
    await press(page, 'Change the e-mail address');
    await page.getByText('This is not your password.').first().waitFor();
    await looksRightEverywhere(page);
    expect(await page.getByLabel('New e-mail address').inputValue()).toBe(changed);
    await page.locator('[name=own]').fill(password);
    await press(page, 'Change the e-mail address');
    await page.getByText('A mail is on its way to the new address.').waitFor();
    await followMail(page, changed, 'Confirm your new e-mail address');
    await press(page, 'Confirm and log in');
    await page.waitForURL(/\/account\?said=changed$/);
    await page.getByText(changed).waitFor();
    await followMail(page, email, 'Your e-mail address was changed');
    await looksRightEverywhere(page);
    const link = page.url();
    await press(page, 'Undo it');
    await page.getByText('Your account has its former address again.').waitFor();
    await looksRightEverywhere(page);
    await page.goto(link);
    await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
    await page.context().close();
  });
});
