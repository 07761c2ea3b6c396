import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { declare, type Demo, localTimeIn, mark, openDemo, phone, pickUp, pressOne, wait } from './demo.ts';
import { findProductPages, giveMarks, offerOf, panel } from './call-panel.ts';
import { looksRightEverywhere } from './site.ts';

/** Calls in the demo, with a browser for each person and the phones on a page. */
const agent = 'Milan Petrović';
const number = { ofMilan: '+381110002042', ofJana: '+420200000991' };
const buyer = 'Jana Horáková';
const wide = { viewport: { width: 1440, height: 900 } };

let demo: Demo;
let productPage: (partner: string) => string;
beforeAll(async () => {
  demo = await openDemo();
  productPage = await findProductPages(demo, 'FI400-1.5-MB');
});
afterAll(() => demo.end());

const bar = (page: Page) => page.getByRole('region', { name: 'Your call' });
const openPhones = (...numbers: string[]) =>
  demo.visit(`/dev/phones?open=${numbers.map(encodeURIComponent).join(',')}`, wide);

const isQuiet = (phones: Page, name: string) =>
  phone(phones, name).getByText('Quiet', { exact: true }).isVisible();
const untilQuiet = (phones: Page, name: string) =>
  phone(phones, name).getByText('Quiet', { exact: true }).waitFor(wait);

/** Answers the agent's phone, then the caller's, which must not ring before. */
async function connect(phones: Page, caller: string, whileItRings?: () => Promise<unknown>): Promise<void> {
  await phone(phones, agent).getByText('Quoteline is calling').waitFor(wait);
  expect(await isQuiet(phones, caller)).toBe(true);
  await pickUp(phones, agent);
  expect(await isQuiet(phones, caller)).toBe(true);
  await pressOne(phones, agent);
  await whileItRings?.();
  await pickUp(phones, caller);
  await pressOne(phones, caller);
  await phone(phones, agent).getByText(`Talking with ${caller}`).waitFor(wait);
  await phone(phones, caller).getByText(`Talking with ${agent}`).waitFor(wait);
}

describe('a call from the click to the rating', () => {
  const partner = 'Servomat Čelik';
  let desk: Page;
  let guest: Page;
  let other: Page;
  let phones: Page;
  const errors: string[] = [];
  beforeAll(async () => {
    desk = await demo.logIn(agent, '/agent');
    await desk.setViewportSize(wide.viewport);
    await declare(desk, 'Offline');
    guest = await demo.visit(productPage(partner), wide);
    other = await demo.visit(productPage(partner), wide);
    phones = await openPhones(number.ofMilan, number.ofJana);
    for (const page of [desk, guest, other, phones]) page.on('pageerror', (error) => errors.push(`${error}`));
  });
  afterAll(async () => {
    for (const page of [desk, guest, other, phones]) await page.context().close();
  });

  test('an agent opens the desk, and visitors of the product can call', async () => {
    for (const name of [/^Ask Servomat/, /^Ask Sensorik/]) await guest.getByLabel(name).check();
    await guest.locator('.ask-form__foot button').click();
    await guest.getByText('in line 1').first().waitFor();
    const stayed = await Promise.all([mark(guest), mark(other)]);
    await panel(guest).getByText('Nobody is free right now').waitFor();
    await Promise.all([guest, desk].map(looksRightEverywhere));
    const head = desk.getByRole('banner');
    expect(await desk.getByRole('group', { name: 'Language' }).count()).toBe(0);
    await head.locator('summary').last().click();
    await head.getByRole('group', { name: 'Language' }).waitFor();
    // An empty time is an error, and changes no status.
    await head.getByText('By phone', { exact: true }).click();
    await head.getByLabel('Until').fill('');
    await head.getByRole('button', { name: 'Stay available by phone' }).click();
    await head.getByText('Fill in this field.').waitFor(wait);
    await panel(guest).getByText('Nobody is free right now').waitFor();

    await declare(desk, 'Available');
    await panel(guest)
      .getByRole('button', { name: `Call ${agent}` })
      .waitFor(wait);
    await offerOf(guest, partner).getByText('1 available').waitFor();
    await panel(other)
      .getByRole('button', { name: `Call ${agent}` })
      .waitFor(wait);
    expect(await Promise.all(stayed.map((stays) => stays()))).toEqual([true, true]);
    await looksRightEverywhere(guest);
  });

  test('the agent’s phone rings first, then the guest’s; both pages follow, and a third page shows the agent as busy', async () => {
    const stayed = await Promise.all([guest, other, desk].map(mark));
    await guest.getByLabel('Your phone number').fill('+420 200 000 991');
    await guest.getByRole('button', { name: `Call ${agent}` }).click();

    await phone(phones, agent).getByText('Quoteline is calling').waitFor(wait);
    await panel(guest).getByText(`${agent}’s phone is ringing`).waitFor(wait);
    await desk.getByRole('heading', { name: 'A guest is calling about FI400-1.5-MB' }).waitFor(wait);
    await panel(other).getByText(/^Busy/).waitFor(wait);
    await offerOf(other, partner).getByText('All busy').waitFor(wait);
    expect(await isQuiet(phones, buyer)).toBe(true);
    await Promise.all([guest, desk].map(looksRightEverywhere));

    await pickUp(phones, agent);
    expect(await isQuiet(phones, buyer)).toBe(true);
    await pressOne(phones, agent);
    await phone(phones, buyer).getByText('Quoteline is calling').waitFor(wait);
    await panel(guest).getByText('Pick up your phone and press 1 to be connected').waitFor(wait);
    await desk.getByRole('heading', { name: 'Calling a guest about FI400-1.5-MB' }).waitFor(wait);
    await looksRightEverywhere(guest);

    await pickUp(phones, buyer);
    await pressOne(phones, buyer);
    await phone(phones, buyer).getByText(`Talking with ${agent}`).waitFor(wait);
    await panel(guest).getByRole('heading', { name: 'On the line' }).waitFor(wait);
    await desk.getByRole('heading', { name: 'Talking with a guest about FI400-1.5-MB' }).waitFor(wait);
    expect(await Promise.all(stayed.map((stays) => stays()))).toEqual([true, true, true]);
    const [second, first] = await demo.legs();
    expect([first?.to, second?.to]).toEqual([number.ofMilan, number.ofJana]);
    expect(Date.parse(second?.at ?? '')).toBeGreaterThan(Date.parse(first?.answeredAt ?? ''));
    await Promise.all([guest, desk, other].map(looksRightEverywhere));
  });

  test('the guest shares the solution, changes it on another page, and the agent sees it change', async () => {
    const product = await mark(guest);
    await panel(guest).getByLabel(`Share my solution with ${agent}`).check();
    await desk.getByText('1 line, live').waitFor(wait);
    await desk.getByText('× 1', { exact: true }).waitFor(wait);
    expect(await product()).toBe(true);

    await guest
      .getByRole('banner')
      .getByRole('link', { name: /solution/i })
      .click();
    await bar(guest).getByText(agent).waitFor(wait);
    const solution = await mark(guest);
    // An entry is saved once scripts run.
    await guest.locator('#svelte-announcer, html[data-ready]').waitFor({ state: 'attached' });
    await guest.getByLabel('Quantity of').getByRole('textbox').fill('7');
    await guest.keyboard.press('Tab');
    await desk.getByText('× 7', { exact: true }).waitFor(wait);
    expect(await solution()).toBe(true);
    await Promise.all([guest, desk].map(looksRightEverywhere));
  });

  test('hanging up on the page silences the phones, and the wrap-up keeps the note', async () => {
    await bar(guest).getByRole('button', { name: 'Hang up' }).click();
    await Promise.all([agent, buyer].map((name) => untilQuiet(phones, name)));
    await bar(guest)
      .getByText(/^Call ended, 0:\d\d$/)
      .waitFor(wait);
    await desk.getByRole('heading', { name: 'After the call with a guest' }).waitFor(wait);
    await desk.getByText('Shared with you').waitFor({ state: 'detached' });

    const left = async () => {
      const shown = await desk.getByRole('timer', { name: 'Wrap-up ends in' }).innerText();
      return shown.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
    };
    await desk.getByRole('button', { name: 'One more minute' }).click();
    await expect.poll(left, wait).toBeGreaterThan(30);
    const seconds = await left();
    await desk.getByLabel('Your note').fill('Wants seven of them in May.');
    await desk.getByText('Saved', { exact: true }).waitFor(wait);
    await looksRightEverywhere(desk);
    await desk.reload();
    await desk.getByRole('button', { name: 'Finish' }).waitFor();
    expect(await desk.getByLabel('Your note').inputValue()).toBe('Wants seven of them in May.');
    expect(await left()).toBeLessThan(seconds);
    await panel(other).getByText(/^Busy/).waitFor();
  });

  test('a rating changes the partner’s rating on the page, and the agent is free once wrap-up is finished', async () => {
    expect(await offerOf(other, partner).innerText()).not.toMatch(/rating/);
    await bar(guest).getByRole('link', { name: 'Rate' }).click();
    await guest.getByText('How was the call?').waitFor();
    await looksRightEverywhere(guest);
    await giveMarks(guest, '5', '4');
    await guest.getByText(`Thank you. Your rating counts towards ${partner}’s overall rating.`).waitFor(wait);
    await offerOf(guest, partner).getByText('New: 1 rating').waitFor();
    await expect.poll(() => bar(guest).count()).toBe(0);
    await other.reload();
    await offerOf(other, partner).getByText('New: 1 rating').waitFor();

    await desk.getByRole('button', { name: 'Finish' }).click();
    await panel(other)
      .getByRole('button', { name: `Call ${agent}` })
      .waitFor(wait);
    const calls = desk.getByRole('group', { name: 'Recent calls' });
    await calls.getByText('Wants seven of them in May.').waitFor();
    await looksRightEverywhere(desk);
  });

  test('a call-back requested when nobody is free is seen at the desk, and made from there at the second try', async () => {
    await declare(desk, 'Away');
    await panel(other).getByRole('heading', { name: 'Ask to be called back' }).waitFor(wait);
    await other.getByLabel('Your phone number').fill('+420 200 000 991');
    await other.getByLabel('Earliest time').fill(localTimeIn(2));
    await other.getByLabel('Your name').fill('Jana');
    await other.getByLabel('Subject').fill('Delivery in May?');
    await looksRightEverywhere(other);
    await other.getByRole('button', { name: 'Ask for a call-back' }).click();
    await panel(other).getByText('You will be called back.').waitFor(wait);
    await desk.getByText('Delivery in May?').waitFor(wait);
    await Promise.all([other, desk].map(looksRightEverywhere));

    const callBack = async () => {
      const heading = desk.getByRole('heading', { name: 'Calling Jana back about FI400-1.5-MB' });
      // A press during the wrap-up counts at its end.
      await desk.getByRole('button', { name: 'Call now: Jana' }).click(wait);
      await heading.waitFor(wait);
      await panel(other)
        .getByRole('heading', { name: `${partner} is calling you back` })
        .waitFor(wait);
    };
    await callBack();
    await pickUp(phones, agent);
    await pressOne(phones, agent);
    await phone(phones, buyer).getByRole('button', { name: 'Answer' }).waitFor(wait);
    await phone(phones, agent).getByRole('button', { name: 'Hang up' }).click();
    await panel(other)
      .getByRole('heading', { name: `${agent} hung up before you were connected` })
      .waitFor(wait);
    await panel(other).getByText('You will be called back.').waitFor(wait);
    await Promise.all([agent, buyer].map((name) => untilQuiet(phones, name)));

    // The panel follows the second call, although the first one's end is still shown.
    await callBack();
    await connect(phones, buyer, async () => {
      await panel(other).getByText('Cancel, and ask to be called back on another number.').waitFor(wait);
      expect(await panel(other).getByText('Check the number').count()).toBe(0);
    });
    await desk.getByRole('heading', { name: 'Talking with Jana about FI400-1.5-MB' }).waitFor(wait);
    for (const name of ['Talking with Jana about FI400-1.5-MB', 'Call-backs']) {
      await desk.getByRole('region', { name }).getByText('Delivery in May?').waitFor();
    }
    await panel(other).getByRole('heading', { name: 'On the line' }).waitFor(wait);
    await looksRightEverywhere(phones);
    await phone(phones, buyer).getByRole('button', { name: 'Hang up' }).click();
    await untilQuiet(phones, agent);
    await panel(other).getByText('How was the call?').waitFor(wait);
    await other.reload();
    await panel(other).getByRole('button', { name: 'Skip' }).click();
    await panel(other).getByRole('button', { name: 'Ask for a call-back' }).waitFor();
    expect(errors).toEqual([]);
  });
});
