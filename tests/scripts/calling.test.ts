import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { addCall, addBuyer } from '../server/desk/desks.ts';
import { setUpAdmission } from '../server/admission/setup.ts';
import * as admission from '#server/admission/service.ts';

const setup = await setUpAdmission();
// The commands use the database's clock.
beforeEach(() => setup.service.clock.set(new Date()));

const script = fileURLToPath(new URL('../../scripts/calling.ts', import.meta.url));

/** Runs `npm run calling -- ...` on the test's database; returns its exit code and output. */
function calling(...given: string[]): Promise<{ code: number; said: string }> {
  const { databaseUrl, secretKey, smtpUrl, mailFrom, publicUrl } = setup.service.config;
  const env = {
    PATH: process.env.PATH,
    ...{ DATABASE_URL: databaseUrl, SECRET_KEY: secretKey, SMTP_URL: smtpUrl, MAIL_FROM: mailFrom },
    PUBLIC_URL: publicUrl,
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', './scripts/loading.ts', script, ...given],
      { env },
      (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, said: `${stdout}${stderr}` }),
    );
  });
}

describe('npm run calling', () => {
  test('opt-out stops calls to a number that had consented until opt-in, and is idempotent', async () => {
    const { ctx, clock } = setup.service;
    const phone = '+420601123456';
    await admission.recordConsent(ctx.db, ctx, setup.buyerId, phone, clock.now());
    expect(await setup.attempt({ phone })).toBe('confirmed');
    expect(await calling('opt-out', '+420', '601', '123-456')).toEqual({
      code: 0,
      said: `${phone} is not called any more.\n`,
    });
    for (const purpose of ['call', 'ask_back', 'call_back'] as const)
      expect(await setup.attempt({ phone, purpose })).toBe('call_not_possible');
    const again = await calling('opt-out', phone);
    expect(again).toEqual({ code: 0, said: `${phone} had asked before not to be called: it stays so.\n` });
    expect(await calling('opt-in', '00420601123456')).toEqual({
      code: 0,
      said: `${phone} may be called again.\n`,
    });
    expect(await calling('allow', phone)).toEqual({
      code: 0,
      said: `${phone} had not asked to be left alone.\n`,
    });
    // The earlier consent is gone.
    expect(await setup.attempt({ phone })).toBe('admitted');
  });

  test('status names a closed country, and open ends the closure', async () => {
    const about = { vendorId: setup.world.vendors.sever, offerId: setup.world.offers.sensorSever };
    for (let n = 0; n < 20; n += 1) {
      const at = setup.service.clock.now();
      const over = { state: 'closed', outcome: 'visitor_no_answer', endedAt: at } as const;
      const buyerId = await addBuyer(setup.service.ctx.db);
      await addCall(
        setup.service.ctx.db,
        { ...about, at },
        { ...over, buyerId, phone: setup.newPhone() },
        [],
      );
    }
    expect(await setup.attempt()).toBe('call_not_possible');
    expect((await calling('status')).said).toMatch(/Too few answer in CZ: closed until \d{4}-/);
    expect(await calling('open', 'cz')).toEqual({ code: 0, said: 'CZ is called again.\n' });
    expect(await calling('open', 'CZ')).toEqual({ code: 0, said: 'CZ was not closed.\n' });
    // The test's clock stands still, while the command's goes on.
    setup.service.clock.set(new Date());
    expect(await setup.attempt()).toBe('admitted');
  });

  test('status names the agents whose numbers are not called', async () => {
    expect((await calling('status')).said).not.toContain('Not called');
    await setup.service.ctx
      .sql`update agents set phone = '+355692123456' where id = ${Number(setup.world.agents.milan)}`;
    const { code, said } = await calling('status');
    expect(code).toBe(0);
    expect(said).toContain(
      'Not called, by kind or country of its number: Milan Petrović of Elektro Sever, +35569•••56',
    );
    expect(said).not.toContain('2123456');
  });

  test('stop refuses new calls until resume', async () => {
    expect((await calling('stop', 'pranks', 'today')).said).toContain('pranks today');
    expect(await setup.attempt()).toBe('calling_off');
    expect((await calling('resume')).said).toContain('Calls run.');
    expect(await setup.attempt()).toBe('admitted');
  });

  test.each([
    [[], 'Usage:'],
    [['opt-out'], 'Usage:'],
    [['status', 'now'], 'Usage:'],
    [['toString'], 'Usage:'],
    [['opt-out', '601123456'], '"601123456" is not a whole number'],
    [['opt-in', '+420601123456 ext. 5'], 'is not a whole number'],
    [['open', 'Serbia'], '"Serbia" is not a country code'],
  ])('the unknown command %j exits with 1 and the usage', async (given, said) => {
    const ended = await calling(...given);
    expect(ended.code).toBe(1);
    expect(ended.said).toContain(said);
  });
});
