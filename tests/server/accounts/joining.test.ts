import { describe, expect, test } from 'vitest';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { requestsIn, solutionsIn } from '../buyers/people.ts';
import { assemble, jana, send, sendBody, sendUsual, tokenFor } from '../requests/people.ts';
import { register, tokensTo, verified, verify } from './registrants.ts';

const { service, world } = await startWithWorld();

const motor = [{ product: 'motor' as const, quantity: 1 }];
const contact = (email: string) => ({ contact: { ...jana, email } });

describe('what guests did before an address was proven', () => {
  test('the browser’s solution and the requests of all browsers with the address move at the proof, not before', async () => {
    const email = 'joining@people.example';
    const office = service.visitor();
    const home = service.visitor();
    const shared = await assemble(office, world, motor);
    const sent = (await send(office, sendBody(shared, contact('Joining@People.example')))).body;
    const other = await sendUsual(office, world, motor, contact('colleague@people.example'));
    const solution = await assemble(home, world, motor);
    await register(home, { email });
    const token = (await tokensTo(service, email)).at(-1) ?? '';
    const follow = tokenFor(service, 'Joining@people.example', 'f');
    expect(await requestsIn(office)).toEqual([other.id, sent.id]);
    expect(await requestsIn(home)).toEqual([]);

    expect((await verify(home, token)).status).toBe(200);
    expect(await requestsIn(home)).toEqual([sent.id]);
    expect((await solutionsIn(home)).id).toBe(solution);
    expect((await home.get(`/api/solutions/${shared}`)).status).toBe(200);
    // The sending browser keeps what it sent with other addresses.
    expect(await requestsIn(office)).toEqual([other.id]);
    expect((await office.get(`/api/requests/${sent.id}`)).status).toBe(404);
    // The link in the mail still works.
    expect((await service.outsider().get(`/api/follow/${follow}`)).status).toBe(200);
    await service.drain({ includeLater: true });
  });

  test('a request that is sent later with the address by a browser without a login stays the guest’s', async () => {
    const email = 'later@people.example';
    const owner = await verified(service, email);
    const guest = service.visitor();
    const sent = await sendUsual(guest, world, motor, contact(email));
    expect(await requestsIn(owner)).toEqual([]);
    expect(await requestsIn(guest)).toEqual([sent.id]);
    await service.drain({ includeLater: true });
  });

  test('a request of another account with the address as contact stays with that account', async () => {
    const colleague = await verified(service, 'ana@people.example');
    const sent = await sendUsual(colleague, world, motor, contact('boss@people.example'));
    const boss = await verified(service, 'boss@people.example');
    expect(await requestsIn(boss)).toEqual([]);
    expect(await requestsIn(colleague)).toEqual([sent.id]);
    await service.drain({ includeLater: true });
  });

  test('registering alone moves nothing and hides nothing', async () => {
    const email = 'unproven@people.example';
    const sender = service.visitor();
    const sent = await sendUsual(sender, world, motor, contact(email));
    const attacker = service.visitor();
    await register(attacker, { email });
    expect(await requestsIn(attacker)).toEqual([]);
    expect(await requestsIn(sender)).toEqual([sent.id]);
    await service.drain({ includeLater: true });
  });
});

describe('a request that was sent later', () => {
  const add = (browser: Client, token: string) => browser.post('/api/requests/additions', { token });

  /** Sends a request as a guest; returns the browser, the request's id and the token of its follow link. */
  async function sentBy(email: string) {
    const guest = service.visitor();
    const { id } = await sendUsual(guest, world, motor, contact(email));
    await service.drain({ includeLater: true });
    return { guest, id, token: tokenFor(service, email, 'f') };
  }

  test('its owner adds it by its follow link, once or again, and the sending browser no longer shows it', async () => {
    const email = 'adds@people.example';
    const owner = await verified(service, email);
    const { guest, id, token } = await sentBy(email);
    for (let times = 0; times < 2; times += 1)
      expect(await add(owner, token)).toMatchObject({ status: 200, body: { id } });
    expect(await requestsIn(owner)).toEqual([id]);
    expect(await requestsIn(guest)).toEqual([]);
    expect((await service.outsider().get(`/api/follow/${token}`)).status).toBe(200);
  });

  test('another account and a browser without a login can’t add it', async () => {
    const email = 'private@people.example';
    await verified(service, email);
    const { guest, id, token } = await sentBy(email);
    const stranger = await verified(service, 'other@people.example');
    for (const browser of [stranger, service.visitor()])
      expect(await add(browser, token)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await add(stranger, `${token.slice(0, -1)}_`)).status).toBe(404);
    expect(await requestsIn(guest)).toEqual([id]);
  });

  test('a request of another account stays there, although its contact is the address', async () => {
    const email = 'contact@people.example';
    const owner = await verified(service, email);
    const colleague = await verified(service, 'colleague.of@people.example');
    const sent = await sendUsual(colleague, world, motor, contact(email));
    await service.drain({ includeLater: true });
    expect((await add(owner, tokenFor(service, email, 'f'))).status).toBe(404);
    expect(await requestsIn(colleague)).toEqual([sent.id]);
  });
});
