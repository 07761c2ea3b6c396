import { expect, test } from 'vitest';
import { verified } from '../server/accounts/registrants.ts';
import { jana, sendUsual, tokenFor } from '../server/requests/people.ts';
import { openPages } from './pages.ts';
import { looksRightEverywhere } from './site.ts';

/** The follow page of a request that its owner sent without a login. */
const { service, world, ...pages } = await openPages();

test.each([{ scripts: true }, { scripts: false }])(
  'its owner adds it to the account, and nobody else sees the button (scripts: $scripts)',
  async ({ scripts: javaScriptEnabled }) => {
    const email = `adds-${javaScriptEnabled}@people.example`;
    const owner = await verified(service, email);
    const guest = service.visitor();
    const { id } = await sendUsual(guest, world, [{ product: 'motor', quantity: 1 }], {
      contact: { ...jana, email },
    });
    await service.drain({ includeLater: true });
    const path = `/f/${tokenFor(service, email, 'f')}`;
    for (const stranger of [guest, await verified(service, `other-${email}`)]) {
      const page = await pages.visit(stranger, { javaScriptEnabled });
      await page.goto(path);
      expect(await page.getByRole('button', { name: 'Add to my account' }).count()).toBe(0);
    }
    const page = await pages.visit(owner, { javaScriptEnabled });
    await page.goto(path);
    await looksRightEverywhere(page);
    await page.getByRole('button', { name: 'Add to my account' }).click();
    await page.waitForURL((url) => url.pathname === `/requests/${id}`);
    await page.getByText('The request is in your account.').waitFor();
    await page.goto(path);
    expect(await page.getByRole('button', { name: 'Add to my account' }).count()).toBe(0);
  },
);
