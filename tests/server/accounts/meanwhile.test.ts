import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { storePassword } from '#server/accounts/passwords/service.ts';
import { credentials } from '#server/accounts/queries.ts';
import { hashPassword } from '#server/platform/auth/passwords.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { chosen, login, tokensTo, verified, verify } from './registrants.ts';

const { service } = await startWithWorld();
const fresh = 'meadow clouds over rails';
const me = async (browser: Client) => (await browser.get('/api/account/me')).status;

/**
 * Starts requests that compare the account's password, and then wait for the account, which is held; runs `then` before
 * they go on.
 */
async function heldAfterComparing<T>(
  email: string,
  requests: (() => Promise<T>)[],
  then: (tx: Db) => Promise<void> = () => Promise.resolve(),
): Promise<T[]> {
  const waits = () => service.ctx.sql`
    select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
  let waiting: Promise<T>[] = [];
  await service.ctx.db.transaction(async (tx) => {
    await tx.execute(sql`select from accounts where email = ${email} for update`);
    waiting = requests.map((request) => request());
    await expect.poll(async () => (await waits()).length, { timeout: 30_000 }).toBe(requests.length);
    await then(tx);
  });
  return Promise.all(waiting);
}

/** Changes the password as its owner does. */
async function changeIn(tx: Db, email: string): Promise<void> {
  const account = await credentials(service.ctx.db, email);
  expect(await storePassword(tx, service.ctx, account!, await hashPassword(fresh))).toBe(true);
}

describe('while a password is changed', () => {
  test('a login whose old password was compared before is refused', async () => {
    const email = 'login@meanwhile.example';
    await verified(service, email);
    const browser = service.visitor();
    const [answer] = await heldAfterComparing(email, [() => login(browser, email)], (tx) =>
      changeIn(tx, email),
    );
    expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    expect(await me(browser)).toBe(401);
    expect((await login(browser, email, fresh)).status).toBe(200);
    await service.drain();
  });

  test('a login goes on if it is only the profile that changed', async () => {
    const email = 'profile@meanwhile.example';
    await verified(service, email);
    const browser = service.visitor();
    const [answer] = await heldAfterComparing(email, [() => login(browser, email)], async (tx) => {
      await tx.execute(sql`update accounts set company = 'Panonia' where email = ${email}`);
    });
    expect(answer?.status).toBe(200);
    expect(await me(browser)).toBe(200);
  });

  test('another change with the same old password is refused at its field', async () => {
    const email = 'twice@meanwhile.example';
    const first = await verified(service, email);
    const second = service.visitor();
    await login(second, email);
    const change = (browser: Client, password: string) => () =>
      browser.put('/api/account/password', { current: chosen, password });
    const both = [change(first, fresh), change(second, 'another meadow of ours')];
    const answers = await heldAfterComparing(email, both);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 401]);
    expect(answers.find(({ status }) => status === 401)?.body.errors).toMatchObject([
      { path: 'current', code: 'invalid_credentials' },
    ]);
    expect([await me(first), await me(second)].sort()).toEqual([200, 401]);
    await service.drain();
  });

  test('the proof of a new address with the old password is refused', async () => {
    const email = 'moved@meanwhile.example';
    const owner = await verified(service, email);
    const changed = `new.${email}`;
    await owner.post('/api/account/email-changes', { email: changed, password: chosen });
    const [token = ''] = await tokensTo(service, changed);
    const [answer] = await heldAfterComparing(email, [() => verify(service.visitor(), token, chosen)], (tx) =>
      changeIn(tx, email),
    );
    expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    expect((await login(service.visitor(), email, fresh)).status).toBe(200);
    await service.drain();
  });
});
