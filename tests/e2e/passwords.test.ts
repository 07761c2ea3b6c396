import { expect, test } from 'vitest';
import { chosen, verified } from '../server/accounts/registrants.ts';
import { openPages } from './pages.ts';

const { service, visit } = await openPages();

test.each([true, false])(
  'a wrong present password is said together with what is wrong with the new one, which stays typed with scripts: %s',
  async (scripts) => {
    const email = `typed-${scripts}@people.example`;
    const page = await visit(await verified(service, email), { javaScriptEnabled: scripts });
    await page.goto('/account/settings/security');
    if (scripts) await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    const form = page.getByRole('region', { name: 'Change the password' });
    const [current, fresh] = [form.getByLabel('Current password'), form.getByLabel('New password')];
    const press = () => form.getByRole('button', { name: 'Change the password' }).click();
    await current.fill('not this one');
    await fresh.fill('short');
    await press();
    const summary = page.getByRole('alert');
    await summary.getByText('Current password: This is not your password.').waitFor();
    await summary.getByText('New password: Use at least 8 characters.').waitFor();

    await current.fill('not this one');
    await fresh.fill('meadow clouds over rails');
    await press();
    await expect.poll(() => summary.innerText()).not.toContain('Use at least 8 characters.');
    expect(await current.inputValue()).toBe('');
    expect(await fresh.inputValue()).toBe(scripts ? 'meadow clouds over rails' : '');
    const again = page.getByText('Type the passwords again');
    expect(await again.filter({ visible: true }).count()).toBe(scripts ? 0 : 1);
    expect(await page.content()).not.toContain('meadow clouds');

    await current.fill(chosen);
    if (!scripts) await fresh.fill('meadow clouds over rails');
    await press();
    await page.getByText('Your password is changed').waitFor();
    await page.context().close();
  },
);
