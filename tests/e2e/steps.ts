import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectAccessible, expectNoSideways } from './site.ts';

/** Steps of a buyer that several stories take. */

const phone = { width: 390, height: 844 };

/** Expects no finding of axe, and no overflow on a phone. */
export async function looksRight(page: Page): Promise<void> {
  await expectAccessible(page);
  const size = page.viewportSize();
  await page.setViewportSize(phone);
  await expectNoSideways(page);
  if (size) await page.setViewportSize(size);
}

export async function reviewAndSend(page: Page, email: string): Promise<string> {
  await page.goto('/solution');
  await page.getByRole('heading', { name: 'By partner' }).waitFor();
  await looksRight(page);
  await page.getByRole('link', { name: 'Review the request' }).click();
  await page.waitForURL(/\/solution\/review/);
  await looksRight(page);

  await page.getByLabel('E-mail', { exact: false }).first().fill('not an address');
  await page.getByRole('button', { name: /^Send to/ }).click();
  await page.getByRole('alert').first().waitFor();
  expect(await page.getByLabel('E-mail', { exact: false }).first().inputValue()).toBe('not an address');
  await looksRight(page);

  await page.getByLabel('Full name', { exact: false }).fill('Jana Horáková');
  await page.getByLabel('E-mail', { exact: false }).first().fill(email);
  await page.getByLabel('Message to all partners', { exact: false }).fill('Partial delivery is fine.');
  await page.getByRole('button', { name: /^Send to/ }).click();
  await page.waitForURL(/\/requests\/[0-9a-f-]{36}/);
  await looksRight(page);
  return new URL(page.url()).pathname;
}
