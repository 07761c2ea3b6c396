import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { colleague, founder, type Person } from '../server/companies/colleagues.ts';
import { answer, dayFrom, linkOf } from '../server/requests/answers.ts';
import { jana, sendUsual } from '../server/requests/people.ts';
import { openPages } from './pages.ts';
import { looksRightEverywhere } from './site.ts';

const { service, world, visit } = await openPages();
const withoutScripts = { javaScriptEnabled: false };

const press = (page: Page, name: string) =>
  page.locator('main').getByRole('button', { name, exact: true }).click();

/** Sends a request of a person, which a partner answers with 1,100.00 in all. */
async function answeredRequest({ browser, email }: Person): Promise<string> {
  const lines = [{ product: 'sensor', quantity: 10, ask: ['sensorBrandt'] }] as const;
  const { id } = await sendUsual(
    browser,
    world,
    lines.map((line) => ({ ...line, ask: [...line.ask] })),
    { contact: { ...jana, email }, kind: 'quote' },
  );
  const token = await linkOf(service, id, world.mail.brandt);
  await answer(service.outsider(), token, [{ price: '110.00' }], { validUntil: dayFrom(service, 10) });
  return id;
}

test('a requester’s acceptance is approved by a colleague, without scripts', async () => {
  const admin = await founder(service);
  const requester = await colleague(service, admin);
  const people = await visit(admin.browser, withoutScripts);
  await people.goto('/account/company');
  await looksRightEverywhere(people);
  await people.getByRole('link', { name: 'Change Person' }).last().click();
  await people.getByRole('group', { name: 'Limit per request' }).getByLabel('Amount').fill('1000');
  await press(people, 'Save');
  await people.getByText('Saved.').waitFor();
  await people.getByText('€1,000.00 per request').waitFor();

  const id = await answeredRequest(requester);
  const buying = await visit(requester.browser, withoutScripts);
  await buying.goto(`/requests/${id}`);
  await buying.getByRole('button', { name: 'Accept 1 line' }).click();
  await buying.waitForURL(/confirm=1/);
  await buying.getByLabel('Delivery address').fill('Brno, gate 2');
  await buying.getByLabel('Country', { exact: true }).selectOption('CZ');
  await buying.getByRole('button', { name: /^Place \d orders?$/ }).click();
  await buying.getByText('This waits for the approval of a colleague.').waitFor();
  await buying.getByRole('link', { name: 'Show the approval' }).click();
  await buying.getByText('This waits for an approver.').waitFor();
  await looksRightEverywhere(buying);

  await people.goto('/account/approvals');
  await looksRightEverywhere(people);
  await people.getByRole('rowheader').getByRole('link').first().click();
  await people.getByText('This request would come to €1,100.00').waitFor();
  await looksRightEverywhere(people);
  await people.getByLabel('Reason').fill('Within the project');
  await press(people, 'Approve and order');
  await people.getByText('Within the project').waitFor();

  await buying.reload();
  await buying.getByText('Within the project').waitFor();
  await buying.getByRole('link', { name: 'Show the comparison' }).click();
  await buying.getByRole('heading', { name: /^You ordered/ }).waitFor();
  const { body } = await requester.browser.get(`/api/requests/${id}`);
  expect(body.status).toBe('accepted');
});
