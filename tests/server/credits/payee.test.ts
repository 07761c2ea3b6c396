import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '#server/platform/config.ts';

const required = {
  DATABASE_URL: 'postgres://localhost/x',
  SMTP_URL: 'smtp://localhost',
  MAIL_FROM: 'Quoteline <quoteline@quoteline.example>',
  SECRET_KEY: 'a key for tests only, of more than 32 bytes',
  PUBLIC_URL: 'https://quoteline.example',
};

describe('the accounts that are paid to', () => {
  test('they are read by currency, without the spaces that people write', () => {
    const { payee } = readConfig(
      {
        ...required,
        PAYEE_NAME: 'Quoteline',
        PAYEE_ACCOUNTS: 'EUR DE89 3704 0044 0532 0130 00, RSD 265000000012345678',
      },
      'production',
    );
    expect(payee).toMatchObject({ name: 'Quoteline', country: 'RS', vatRate: '20' });
    expect([...payee!.accounts]).toEqual([
      ['EUR', 'DE89370400440532013000'],
      ['RSD', '265000000012345678'],
    ]);
  });

  test('without any, production sells no credit, and only the demo has some of its own', () => {
    expect(readConfig(required, 'production').payee).toBeUndefined();
    expect([...readConfig({}, 'demo').payee!.accounts.keys()]).toEqual(['EUR', 'RSD']);
  });

  test('a wrong account or a missing name keeps the service from starting, and is named', () => {
    const read = () =>
      readConfig({ ...required, PAYEE_ACCOUNTS: 'EUR DE88370400440532013000' }, 'production');
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/PAYEE_NAME[^]*"EUR DE88370400440532013000"/);
  });
});
