import { expect, test } from 'vitest';
import { addPerson, loggedIn } from '../server/buyers/people.ts';
import { addCall } from '../server/desk/desks.ts';
import { answer, dayFrom, linkOf } from '../server/requests/answers.ts';
import { sendUsual } from '../server/requests/people.ts';
import { openPages } from './pages.ts';
import { looksRightEverywhere } from './site.ts';

/** What registered buyers and managers get: all of it without scripts. */
const { service, world, visit } = await openPages();
const withoutScripts = { javaScriptEnabled: false };
const newBuyer = async () => loggedIn(service, await addPerson(service));

test('products of the wish list are compared, those of different categories apart', async () => {
  const buyer = await newBuyer();
  const page = await visit(buyer, withoutScripts);
  for (const product of ['sensor', 'motor'] as const) {
    await page.goto(`/p/${world.products[product]}`);
    await page.getByRole('button', { name: 'Put on the wish list' }).click();
    await page.getByRole('button', { name: 'Take off the wish list' }).waitFor();
  }
  await page.goto('/account/wishes');
  await looksRightEverywhere(page);
  for (const tick of await page.getByRole('checkbox', { name: /^Compare / }).all()) await tick.check();
  await page.getByRole('button', { name: 'Compare what is ticked' }).click();
  await page.waitForURL(/\/compare\?product=/);
  await page.getByText('Only products of one category can be compared').waitFor();
  await page.getByRole('heading', { name: 'Nothing of the same category' }).waitFor();
  await looksRightEverywhere(page);

  // A third one, of the sensor's category, so that there is something to compare.
  const { sql } = service.ctx;
  const [other] = await sql<{ id: string }[]>`
    update products set attributes = ${sql.json([['Range', '5 mm']])},
      category_id = (select category_id from products where id = ${world.products.sensor})
    where id = ${world.products.cable} returning id`;
  const { sensor, motor } = world.products;
  await page.goto(`/compare?products=${sensor},${motor},${other!.id}`);
  expect(await page.getByRole('group').getByRole('columnheader').count()).toBe(2);
  await page.getByRole('heading', { name: 'Inductive sensors' }).waitFor();
  expect(await page.locator('tr.differs').count()).toBeGreaterThan(0);
  await looksRightEverywhere(page);
  await page.context().close();
});

test('a solution is copied and shared by a link, which its owner ends', async () => {
  const buyer = await newBuyer();
  await buyer.post('/api/solutions/current/lines', { productId: world.products.sensor, quantity: 4 });
  const page = await visit(buyer, withoutScripts);
  await page.goto('/account/solutions');
  await page.getByRole('button', { name: 'Share by a link' }).click();
  const url = (await page.getByRole('link', { name: /\/s\// }).getAttribute('href')) ?? '';
  await looksRightEverywhere(page);
  const path = new URL(url).pathname;
  const guest = await visit(service.visitor(), withoutScripts);
  await guest.goto(path);
  await guest.getByRole('rowheader').getByRole('link').first().waitFor();
  await looksRightEverywhere(guest);
  await guest.getByRole('button', { name: 'Take a copy of my own' }).click();
  await guest.waitForURL(/\/solution/);
  await guest.getByText('6ES-100').first().waitFor();
  await page.getByRole('button', { name: 'End the link' }).click();
  await page.getByRole('button', { name: 'Share by a link' }).waitFor();
  await guest.goto(path);
  await guest.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.waitForLoadState();
  await page.goto('/account/solutions');
  expect(await page.getByText('1 line,').count()).toBe(2);
  for (const each of [page, guest]) await each.context().close();
});

test('an answer is noticed, and the request is sent again as a new solution', async () => {
  const buyer = await newBuyer();
  const request = await sendUsual(buyer, world);
  const token = await linkOf(service, request.id, world.mail.sever);
  await answer(service.outsider(), token, [{}, {}], { validUntil: dayFrom(service, 10) });
  const page = await visit(buyer, withoutScripts);
  await page.goto('/account/notices');
  await page.getByRole('link', { name: 'Elektro Sever has answered' }).waitFor();
  expect(await page.getByText('new', { exact: true }).count()).toBe(1);
  await looksRightEverywhere(page);
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await page.getByText('new', { exact: true }).waitFor({ state: 'detached' });
  await page.goto('/account/requests');
  await page.getByRole('button', { name: 'Request again' }).click();
  await page.waitForURL(/\/solution/);
  await page.getByText('6ES-100').first().waitFor();
  await page.getByText('MOT-7').first().waitFor();
  await page.context().close();
});

test('a manager finds a call of the own agents, and its buyer sees charts of theirs', async () => {
  const at = service.clock.now();
  const buyer = await newBuyer();
  const [account] = await service.ctx.sql<{ id: string }[]>`
    select buyer_id as id from accounts where role = 'buyer' order by created_at desc limit 1`;
  const about = { vendorId: world.vendors.sever, offerId: world.offers.sensorSever, at };
  const talk = { outcome: 'completed', answeredAt: at, endedAt: at, talkSeconds: 95 } as const;
  const agentId = Number(world.agents.milan);
  const call = { ...talk, state: 'closed', agentId, buyerId: account!.id } as const;
  const id = await addCall(service.ctx.db, about, { ...call, agentNote: 'Wants 40 by Friday' }, []);
  await service.ctx.sql`insert into call_ratings (call_id, vendor_id, agent_id, line, agent, at)
    values (${id}, ${world.vendors.sever}, ${agentId}, 4, 5, now())`;
  const email = await addPerson(service, 'manager', world.vendors.sever);
  const page = await visit(await loggedIn(service, email), withoutScripts);
  await page.goto('/vendor/complaints');
  await page.getByRole('link', { name: 'Calls' }).click();
  await page.getByRole('row', { name: /Milan Petrović.*1:35.*Wants 40 by Friday/s }).waitFor();
  await looksRightEverywhere(page);
  await page.getByLabel('Agent, product or note').fill('nobody');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByText('No call fits').waitFor();
  const own = await visit(buyer, withoutScripts);
  await own.goto('/account/calls');
  await own.getByRole('img', { name: 'Rating of the agent, 1 to 5' }).first().waitFor();
  // Nothing was spent, so no chart shows credits.
  expect(await own.getByRole('img').count()).toBe(8);
  await looksRightEverywhere(own);
  for (const each of [page, own]) await each.context().close();
});
