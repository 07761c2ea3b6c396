import { inspect } from 'node:util';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loggedError } from '#server/platform/log.ts';
import { createTelephony } from '#server/platform/telephony.ts';
import { start, type TestService } from '../../harness.ts';
import { telephoneAccount } from '../../telephony.ts';

const phone = '+381641112233';

let service: TestService;
beforeAll(async () => {
  service = await start();
});
afterAll(() => service.end());

const thrown = (failing: Promise<unknown>): Promise<Error> =>
  failing.then(
    () => expect.unreachable('nothing failed'),
    (error: Error) => error,
  );

describe('failures in the log', () => {
  test('a failed statement is logged without its parameters', async () => {
    const { db } = service.ctx;
    const error = await thrown(db.execute(sql`select ${phone}::text::uuid where ${'Jana'} <> ''`));
    expect(error.message).toContain(phone);
    const logged = loggedError(error);
    expect(logged).toMatchObject({
      message: expect.stringContaining('Failed query: select $1'),
      stack: expect.stringContaining('log.test.ts'),
      cause: { code: '22P02' },
    });
    expect(JSON.stringify(logged)).not.toContain('Jana');
    expect(logged['message']).not.toContain(phone);
  });

  test('a violated constraint is logged without the row', async () => {
    const { db, sql: raw } = service.ctx;
    await raw`create table numbers (phone text constraint one_phone unique)`;
    const insert = () => db.execute(sql`insert into numbers values (${phone})`);
    await insert();
    const logged = loggedError(await thrown(insert()));
    expect(logged).toMatchObject({ cause: { code: '23505', constraint_name: 'one_phone' } });
    expect(JSON.stringify(logged)).not.toContain(phone);
  });

  test('the log of the service serialises errors by loggedError', () => {
    const log = service.app.log as unknown as Record<symbol, Record<string, unknown>>;
    const serializers = Object.getOwnPropertySymbols(Object.getPrototypeOf(log)).concat(
      Object.getOwnPropertySymbols(log),
    );
    const own = serializers.find((symbol) => String(symbol) === 'Symbol(pino.serializers)');
    expect(own && log[own]?.['err']).toBe(loggedError);
  });

  test('a write that the database refuses as read-only is logged with its stack, an outage without', () => {
    const failure = (code: string) => loggedError(Object.assign(new Error('refused'), { code }));
    expect(failure('25006').stack).toContain('log.test.ts');
    expect(failure('57P01').stack).toBe('');
  });

  test('a Twilio error is logged without the account’s secret and the number', async () => {
    const twilio = { ...telephoneAccount, secondaryAuthToken: undefined, baseUrl: 'http://127.0.0.1:1' };
    const telephony = createTelephony({ ...service.config, twilio });
    const asked = [
      telephony?.find({ to: phone, since: new Date(0) }),
      telephony?.end('CA1'),
      telephony?.fetch('CA1'),
      telephony?.children('CA1'),
    ];
    const secrets = [twilio.apiSecret, twilio.authToken].flatMap((secret) => [
      secret,
      Buffer.from(`${twilio.apiKey}:${secret}`).toString('base64'),
    ]);
    for (const one of asked) {
      const error = await thrown(Promise.resolve(one));
      expect(error).toMatchObject({ code: 'ECONNREFUSED' });
      const all = inspect(error, { depth: 20, showHidden: true });
      for (const secret of [...secrets, phone.slice(1)]) expect(all).not.toContain(secret);
    }
  });
});
