import { expect, test } from 'vitest';
import { translatorFor } from '#server/platform/mailing/translator.ts';

test('amounts in mails keep their digits, even where the language usually shows fewer for the currency', () => {
  const amounts = ['HUF 1200.00', 'RSD 25120.00', 'JPY 1524', 'EUR 0.0185'].map((text) => text.split(' '));
  const inMails = (locale: string) => {
    const translator = translatorFor({ en: { words: {} }, sr: { words: {} } }, locale, 'UTC');
    return amounts.map(([currency = '', amount = '']) =>
      translator.money({ amount, currency }).replaceAll('\u00a0', ' '),
    );
  };
  expect(inMails('en')).toEqual(['HUF 1,200.00', 'RSD 25,120.00', 'JP¥1,524', '€0.0185']);
  expect(inMails('sr')).toEqual(['1.200,00 HUF', '25.120,00 RSD', '1.524 ¥', '0,0185 €']);
});
