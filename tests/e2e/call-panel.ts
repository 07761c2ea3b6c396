import type { Page } from 'playwright-core';
import type { ProductDetail } from '#server/catalog/schema.ts';
import type { Demo } from './demo.ts';

/** The part of a product's page where a visitor calls a partner. */
export const panel = (page: Page) => page.locator('#call');

export const offerOf = (page: Page, partner: string) =>
  page.locator('.offer-table tbody tr', { hasText: partner });

/** Returns a function that returns the path of a product's page with a partner in the panel. */
export async function findProductPages(demo: Demo, code: string): Promise<(partner: string) => string> {
  const product = await findProduct(demo, code);
  return (partner) => {
    const vendor = product.offers.find((offer) => offer.vendor.name === partner)?.vendor;
    return `/p/${product.id}/${product.slug}?partner=${vendor?.id}`;
  };
}

export async function findProduct(demo: Demo, code: string): Promise<ProductDetail> {
  const found = await (await fetch(`${demo.url}/api/products?q=${code}`)).json();
  return (await fetch(`${demo.url}/api/products/${found.items[0].id}`)).json() as Promise<ProductDetail>;
}

export async function giveMarks(page: Page, line: string, agentMark: string): Promise<void> {
  const marks = (name: string) => page.getByRole('group', { name }).locator('label');
  await marks('Line quality').filter({ hasText: line }).click();
  await marks('Agent').filter({ hasText: agentMark }).click();
  await page.getByRole('button', { name: 'Send rating' }).click();
}
