import { expect, test } from 'vitest';
import { startWithWorld } from '../world.ts';
import { verified } from '../server/accounts/registrants.ts';

const { service } = await startWithWorld({ pages: true });

test('the pages of an account whose stored language is no language tag are shown, in a language that we have', async () => {
  const email = 'odd@people.example';
  const browser = await verified(service, email);
  await service.ctx.sql`update accounts set locale = '!!' where email = ${email}`;
  const headers = { origin: service.config.publicUrl, accept: 'text/html' };
  for (const path of ['/account', '/account/settings']) {
    const { status, body } = await browser.request<string>('GET', path, undefined, headers);
    expect(status, path).toBe(200);
    expect(body, path).toContain('English');
  }
});
