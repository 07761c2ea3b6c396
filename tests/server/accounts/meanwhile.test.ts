import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { storePassword } from '#server/accounts/passwords/service.ts';
import { deletePendingLogins } from '#server/accounts/factors/queries.ts';
import { credentials } from '#server/accounts/queries.ts';
import { countHashes, hashPassword } from '#server/platform/auth/passwords.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { withAuthenticator } from './authenticator.ts';
import { Device, finishWith, startUsing, withPasskey } from './passkey-device.ts';
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

test.each(['code', 'passkey'])(
  'a second step by %s is over whose account loses its logins meanwhile',
  async (kind) => {
    const email = `${kind}@meanwhile.example`;
    const owner = await verified(service, email);
    const device = new Device();
    const app = kind === 'code' ? await withAuthenticator(service, owner) : null;
    if (!app) await withPasskey(owner, device);
    const browser = service.visitor();
    await login(browser, email);
    const options = app ? null : await startUsing(browser);
    const finish = () =>
      options
        ? finishWith(browser, device.get(options))
        : browser.post('/api/account/second-step', { code: app?.code() });
    const account = await credentials(service.ctx.db, email);
    // As a reset of its factors and an erasure do once they have the account.
    const [answer] = await heldAfterComparing(email, [finish], (tx) => deletePendingLogins(tx, account!.id));
    expect(answer).toMatchObject({ status: 401, body: { code: 'login_step_over' } });
    await service.drain();
  },
);

test('an erasure that waits has hashed all that it will', async () => {
  const email = 'erased@meanwhile.example';
  const owner = await verified(service, email);
  let before = 0;
  const erase = () => owner.request('DELETE', '/api/account/me', { password: chosen });
  const [answer] = await heldAfterComparing(email, [erase], async () => {
    before = countHashes();
  });
  expect([answer?.status, countHashes()]).toEqual([204, before]);
  await service.drain();
});

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
