import { describe, expect, test } from 'vitest';
import { UnreadableRates } from '#server/rates/formats/published.ts';
import { readRates } from '#server/rates/formats/read.ts';
import { ecb } from '../server/rates/source.ts';

describe("the documents of rates' sources", () => {
  test("the ECB's files are read with every day, oldest first, digit by digit", () => {
    const days = readRates(
      ecb({ '2026-11-27': { USD: '1.1520', JPY: '181.00' }, '2026-11-26': { USD: '1.1503', JPY: '180.21' } }),
    );
    expect(days.map(({ source, date }) => [source, date])).toEqual([
      ['ECB', '2026-11-26'],
      ['ECB', '2026-11-27'],
    ]);
    expect([...(days[1]?.rates ?? [])]).toEqual([
      ['USD', '1.152'],
      ['JPY', '181'],
    ]);
  });

  test("the Czech National Bank's list is turned into rates per euro, in its English and Czech form", () => {
    const rows = 'Maďarsko|forint|100|HUF|6,321\nEMU|euro|1|EUR|24,180\nUSA|dolar|1|USD|20,990';
    for (const first of ['27 Nov 2026 #229', '27.11.2026 #229']) {
      const [day] = readRates(`${first}\nCountry|Currency|Amount|Code|Rate\n${rows}\n`);
      expect([day?.source, day?.date]).toEqual(['CNB', '2026-11-27']);
      expect(Object.fromEntries(day?.rates ?? [])).toEqual({
        CZK: '24.18',
        // 24.18 * 100 / 6.321 and 24.18 / 20.99, rounded once to eight places.
        HUF: '382.53440911',
        USD: '1.15197713',
      });
    }
  });

  test("JSON of the Czech and the Polish bank keeps each number's digits", () => {
    const cnb = `{"rates":[{"validFor":"2026-11-27","currencyCode":"EUR","amount":1,"rate":24.180},
      {"validFor":"2026-11-27","currencyCode":"HUF","amount":100,"rate":6.321}]}`;
    const nbp = `[{"table":"A","no":"230/A/NBP/2026","effectiveDate":"2026-11-27","rates":[
      {"currency":"euro","code":"EUR","mid":4.2400},{"currency":"hrywna","code":"UAH","mid":0.0870}]}]`;
    expect(readRates(cnb)[0]).toMatchObject({ source: 'CNB', date: '2026-11-27' });
    expect(Object.fromEntries(readRates(cnb)[0]?.rates ?? [])).toEqual({ CZK: '24.18', HUF: '382.53440911' });
    expect(readRates(nbp)[0]).toMatchObject({ source: 'NBP', date: '2026-11-27' });
    expect(Object.fromEntries(readRates(nbp)[0]?.rates ?? [])).toEqual({ PLN: '4.24', UAH: '48.73563218' });
  });

  test('a saved list of the National Bank of Serbia is read with its units', () => {
    const list = `Narodna banka Srbije;;;;
Kursna lista formirana na dan 27.11.2026.;;;;
Oznaka valute;Šifra valute;Naziv zemlje;Važi za;Srednji kurs
EUR;978;EMU;1;117,2000
HUF;348;Mađarska;100;30,6400
BAM;977;Bosna i Hercegovina;1;59,9200
`;
    const [day] = readRates(list);
    expect([day?.source, day?.date]).toEqual(['NBS', '2026-11-27']);
    expect(Object.fromEntries(day?.rates ?? [])).toEqual({
      RSD: '117.2',
      HUF: '382.50652742',
      BAM: '1.95594126',
    });
  });

  test.each([
    ['a page of an error', '<!doctype html><html><body>Service unavailable</body></html>'],
    ['nothing', ''],
    ['a text', 'Hello'],
    ['a document cut in the middle', ecb({ '2026-11-27': { USD: '1.152', GBP: '0.8805' } }).slice(0, -60)],
    ['a day without rates', ecb({ '2026-11-27': {} })],
    ['a rate of zero', ecb({ '2026-11-27': { USD: '0.0000' } })],
    ['a rate below zero', ecb({ '2026-11-27': { USD: '-1.15' } })],
    ['a rate that is no number', ecb({ '2026-11-27': { USD: 'N/A' } })],
    [
      'two rates of one currency',
      ecb({ '2026-11-27': { USD: '1.15' } }).replace('</Cube>', "<Cube currency='USD' rate='1.2'/></Cube>"),
    ],
    ['a day that does not exist', ecb({ '2026-02-30': { USD: '1.152' } })],
    ['a currency that is none', ecb({ '2026-11-27': { usd: '1.152' } })],
    ['JSON of something else', '{"status":"down"}'],
    ['JSON cut in the middle', '[{"table":"A","effectiveDate":"2026-11-27","rates":[{"code":"EUR"'],
    [
      'a list without the euro',
      '27 Nov 2026 #229\nCountry|Currency|Amount|Code|Rate\nUSA|dolar|1|USD|20,990',
    ],
  ])('%s is refused as a whole', (_what, text) => {
    expect(() => readRates(text)).toThrow(UnreadableRates);
  });
});
