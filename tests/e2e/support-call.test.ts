import type { Page } from 'playwright-core';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as presence from '#server/presence/service.ts';
import { addPayer } from './calls/payers.ts';
import { giveMarks, panel } from './call-panel.ts';
import { phone, pickUp, pressOne, wait } from './demo.ts';
import { type DemoHere, openDemoHere } from './demo-here.ts';
import { looksRightEverywhere } from './site.ts';

/** A support call in the demo: its caller has credit for a little more than a minute. */
const agent = { name: 'Teodora Savić', number: '+381110002063' };
const caller = { name: 'Jana Horáková', number: '+420200000991' };
const partner = 'Servomat Čelik';
const code = 'FI400-1.5-MB';
const wide = { viewport: { width: 1440, height: 900 } };

let demo: DemoHere;
let path: string;
beforeAll(async () => {
  demo = await openDemoHere();
  const { db } = demo.service.ctx;
  const [row] = await db.execute<{ id: string }>(sql`select id::text from agents where name = ${agent.name}`);
  const now = new Date();
  await presence.declareMany(db, [Number(row!.id)], new Date(now.getTime() + 3_600_000), now);
  const found = await (await fetch(`${demo.config.publicUrl}/api/products?q=${code}`)).json();
  const { id, slug, offers } = found.items[0];
  const { vendor } = offers.find((offer: { vendor: { name: string } }) => offer.vendor.name === partner);
  path = `/p/${id}/${slug}?partner=${vendor.id}&team=support`;
});
afterAll(() => demo.end());

const payer = async (credit: bigint) => {
  const cookies = new Map<string, string>();
  await addPayer(demo.service.ctx.db, { cookies }, credit);
  return cookies;
};

/** Returns the seconds of "1:02" in the panel's meter. */
async function secondsLeft(page: Page): Promise<number> {
  const words = await panel(page).getByRole('meter', { name: 'Credit left' }).getAttribute('aria-valuetext');
  const [minutes = 0, seconds = 0] = (words ?? '').split(':').map(Number);
  return minutes * 60 + seconds;
}

test('guests read the price and are asked to log in, and too little credit is said before the click', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const guest = await demo.visit(path, { ...wide, javaScriptEnabled });
    await panel(guest).getByText('1.00 credits a minute, about €1.90 without VAT').waitFor(wait);
    const login = panel(guest).getByRole('link', { name: 'Log in to call support' });
    expect(await login.getAttribute('href')).toContain(encodeURIComponent('team=support'));
    const poor = await demo.visit(path, { ...wide, javaScriptEnabled }, await payer(40n));
    await panel(poor).getByText('A call needs credit for at least 1 minute.').waitFor(wait);
    expect(await panel(poor).getByLabel('Your phone number').count()).toBe(0);
  }
  const chosen = await demo.visit(path.replace('&team=support', ''), wide);
  await chosen.locator('html[data-ready]').waitFor({ state: 'attached' });
  await panel(chosen).getByRole('tab', { name: 'Support' }).click();
  await panel(chosen).getByRole('link', { name: 'Log in to call support' }).waitFor(wait);
  await looksRightEverywhere(chosen);
});

test('the credit of a support call falls until it is cut off, and the statement leads to its report', async () => {
  const cookies = await payer(1_05n);
  const phones = await demo.visit(
    `/dev/phones?open=${[agent, caller].map(({ number }) => encodeURIComponent(number)).join(',')}`,
    wide,
  );
  const page = await demo.visit(path, wide, cookies);
  await panel(page).getByText('This call can last 1:03 at most.').waitFor(wait);
  await looksRightEverywhere(page);
  await page.getByLabel('Your phone number').fill('+420 200 000 991');
  await panel(page)
    .getByRole('button', { name: `Call ${agent.name}` })
    .click();
  await panel(page).getByText('Set aside for this call: 1.05 credits.').waitFor(wait);
  await pickUp(phones, agent.name);
  await pressOne(phones, agent.name);
  await pickUp(phones, caller.name);
  await pressOne(phones, caller.name);

  await panel(page).getByRole('heading', { name: 'On the line' }).waitFor(wait);
  const first = await secondsLeft(page);
  expect(first).toBeGreaterThan(40);
  await panel(page).getByText('1 minute left').waitFor(wait);
  expect(await page.locator('#floating [role="alert"], #call-bar [role="alert"]').textContent()).toBe(
    '1 minute left',
  );
  await expect.poll(() => secondsLeft(page)).toBeLessThan(first);
  await looksRightEverywhere(page);
  await panel(page).getByText('15 seconds left').waitFor(wait);
  await panel(page).getByText('The call ended when the credit set aside for it was used up.').waitFor(wait);
  await phone(phones, caller.name).getByText('Quiet', { exact: true }).waitFor(wait);
  const report = panel(page).locator('.report');
  expect(await report.innerText()).toMatch(/1:03[^]*1\.05 credits[^]*1\.05[^]*0\.00/);
  await panel(page).getByText(`${agent.name} is kept for you for`).waitFor(wait);
  await looksRightEverywhere(page);
  await giveMarks(page, '4', '5');
  await panel(page).getByText('Thank you.').waitFor(wait);

  await page.goto('/account/credits');
  const row = page.getByRole('row', { name: code });
  expect(await row.textContent()).toMatch(/Call.*1\.05.*0\.00/s);
  await row.getByRole('link').click();
  await page.getByRole('heading', { name: `Support: call with ${partner}` }).waitFor(wait);
  expect(await page.locator('.report').innerText()).toContain('1.05 credits');
  await looksRightEverywhere(page);
}, 300_000);
