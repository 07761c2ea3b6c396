import { afterAll, describe, expect, test } from 'vitest';
import type { DeliveryAddress } from '#server/accounts/addressbook/schema.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { addPerson, loggedIn } from '../buyers/people.ts';
import { answer, dayFrom, linkOf } from '../requests/answers.ts';
import { jana, sendUsual } from '../requests/people.ts';
import { anAddress } from './operations.ts';

const { service, world } = await startWithWorld();
afterAll(() => service.drain({ includeLater: true }));
const { sql } = service.ctx;

const path = '/api/account/addresses';
const newBuyer = async () => loggedIn(service, await addPerson(service));
const listed = async (browser: Client) =>
  (await browser.get<{ items: DeliveryAddress[] }>(path)).body.items.map(({ name, isDefault }) =>
    isDefault ? `${name}, default` : name,
  );
const add = (browser: Client, name: string, more: object = {}) =>
  browser.post<DeliveryAddress & { errors: { path: string }[]; code: string }>(path, {
    ...{ ...anAddress, name },
    ...more,
  });

describe('delivery addresses', () => {
  test('have one default: the first, then whichever is made it, then the oldest that is left', async () => {
    const browser = await newBuyer();
    const first = await add(browser, 'Warehouse');
    expect(first).toMatchObject({ status: 201, body: { ...anAddress, isDefault: true } });
    const second = await add(browser, 'Office');
    const third = await add(browser, 'Site', { isDefault: true });
    expect(await listed(browser)).toEqual(['Site, default', 'Warehouse', 'Office']);
    const changed = { ...anAddress, name: 'Head office', isDefault: true };
    expect((await browser.put(`${path}/${second.body.id}`, changed)).status).toBe(200);
    expect(await listed(browser)).toEqual(['Head office, default', 'Warehouse', 'Site']);
    for (const { body } of [second, third]) await browser.delete(`${path}/${body.id}`);
    expect(await listed(browser)).toEqual(['Warehouse, default']);
  });

  test('keep one default when several are made it at the same time', async () => {
    const browser = await newBuyer();
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map((name) => add(browser, name, { isDefault: true })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect((await listed(browser)).filter((name) => name.endsWith(', default')).length).toBe(1);
  });

  test('are refused with all that is wrong, and beyond twenty', async () => {
    const browser = await newBuyer();
    const wrong = await add(browser, ' ', { place: '', country: 'XX' });
    expect([wrong.status, wrong.body.errors.map((error) => error.path)]).toEqual([
      422,
      ['name', 'place', 'country'],
    ]);
    for (let index = 0; index < 20; index += 1) await add(browser, `Place ${index}`);
    expect((await add(browser, 'One more')).body.code).toBe('address_list_full');
  });

  test('of others are as if they didn’t exist', async () => {
    const { id } = (await add(await newBuyer(), 'Warehouse')).body;
    const other = await newBuyer();
    expect((await other.put(`${path}/${id}`, anAddress)).status).toBe(404);
    expect((await other.delete(`${path}/${id}`)).status).toBe(404);
  });
});

test('an account keeps the currency that amounts are shown in, and refuses one that doesn’t exist', async () => {
  const browser = await newBuyer();
  expect((await browser.get('/api/account/me')).body.currency).toBeNull();
  for (const currency of ['CHF', 'listed']) {
    await browser.patch('/api/account/me', { currency });
    expect((await browser.get('/api/account/me')).body.currency).toBe(currency);
  }
  const wrong = await browser.patch('/api/account/me', { currency: 'XXX' });
  expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, 'currency']);
});

describe('mails that a person has switched off', () => {
  const choices = { answers: true, messages: true, payments: true, approvals: true };

  /** Sends a request that Brandt answers and writes about, and returns the kinds of the buyer's mails by their state. */
  async function mailsAfterAnswer(switchedOff: object) {
    const email = await addPerson(service);
    const browser = await loggedIn(service, email);
    const set = { ...choices, ...switchedOff };
    expect((await browser.put('/api/account/notifications', set)).body).toEqual(set);
    expect((await browser.get('/api/account/notifications')).body).toEqual(set);
    const request = await sendUsual(
      browser,
      world,
      [{ product: 'sensor', quantity: 10, ask: ['sensorBrandt'] }],
      { contact: { ...jana, email } },
    );
    const token = await linkOf(service, request.id, world.mail.brandt);
    const vendor = service.outsider();
    await answer(vendor, token, [{ price: '100.00' }], { validUntil: dayFrom(service, 10) });
    await vendor.post(`/api/enquiry-links/${token}/messages`, { text: 'Which colour?' });
    await service.drain({ includeLater: true });
    const rows = await sql<{ kind: string; status: string; error: string | null }[]>`
      select kind, status, last_error as error from deliveries where to_email = ${email} order by kind`;
    return { rows, subjects: service.mail.to(email).map(({ subject }) => subject) };
  }

  test('are listed with the reason instead of sent, and the others are sent', async () => {
    const { rows, subjects } = await mailsAfterAnswer({ answers: false });
    expect(rows.map(({ kind, status, error }) => [kind, status, error])).toEqual([
      ['answer-digest', 'suppressed', 'Switched off by its recipient'],
      ['buyer-message', 'sent', null],
      ['request-copy', 'sent', null],
    ]);
    expect(subjects.length).toBe(2);
  });

  test('never include the copy of a request, which can’t be switched off', async () => {
    const off = { answers: false, messages: false, payments: false, approvals: false };
    const { rows } = await mailsAfterAnswer(off);
    expect(rows.filter(({ status }) => status === 'sent').map(({ kind }) => kind)).toEqual(['request-copy']);
    const browser = await newBuyer();
    const { status } = await browser.put('/api/account/notifications', { ...choices, copies: false });
    expect(status).toBe(422);
  });

  test('don’t concern other people', async () => {
    await mailsAfterAnswer({ answers: false, messages: false });
    const { rows } = await mailsAfterAnswer({});
    expect(rows.map(({ status }) => status)).toEqual(['sent', 'sent', 'sent']);
  });
});
