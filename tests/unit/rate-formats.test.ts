import { describe, expect, test } from 'vitest';
import { UnreadableRates } from '#server/rates/formats/published.ts';
import { readRates } from '#server/rates/formats/read.ts';
import { bnr, ecb, mnb } from '../server/rates/source.ts';

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

  test("Romania's and Hungary's lists are read with their units and turned into rates per euro", () => {
    const romanian = readRates(
      bnr({
        '2026-11-27': { EUR: '5.0978', HUF: '1.3229', RSD: '0.0434', UAH: '0.1031' },
        '2026-11-26': { EUR: '5.0950', HUF: '1.3220' },
      }),
    );
    expect(romanian.map(({ source, date }) => [source, date])).toEqual([
      ['BNR', '2026-11-26'],
      ['BNR', '2026-11-27'],
    ]);
    // 5.0978 * 100 / 1.3229, and 5.0978 / 0.0434.
    expect(Object.fromEntries(romanian[1]?.rates ?? [])).toEqual({
      RON: '5.0978',
      HUF: '385.35036662',
      RSD: '117.46082949',
      UAH: '49.44519884',
    });
    const hungarian = mnb('2026-11-27', [
      ['1', 'EUR', '383,13000'],
      ['100', 'JPY', '211,57000'],
      ['1', 'RSD', '3,26900'],
    ]);
    const whole = readRates(hungarian);
    expect(whole).toMatchObject([{ source: 'MNB', date: '2026-11-27' }]);
    // 383.13 * 100 / 211.57, and 383.13 / 3.269.
    expect(Object.fromEntries(whole[0]?.rates ?? [])).toEqual({
      HUF: '383.13',
      JPY: '181.08900128',
      RSD: '117.20097889',
    });
    const document = hungarian.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
    expect(readRates(/<MNB.*<\/MNBCurrentExchangeRates>/s.exec(document)?.[0] ?? '')).toEqual(whole);
  });

  test("JSON of Croatia's and Bosnia's banks is read with decimal commas and units", () => {
    const hnb = `[{"broj_tecajnice":"231","datum_primjene":"2026-11-28","drzava":"Bosna i Hercegovina","drzava_iso":"BIH",
      "kupovni_tecaj":"1,958764","prodajni_tecaj":"1,952896","sifra_valute":"977","srednji_tecaj":"1,955830","valuta":"BAM"},
      {"broj_tecajnice":"231","datum_primjene":"2026-11-28","drzava":"SAD","drzava_iso":"USA",
      "kupovni_tecaj":"1,153700","prodajni_tecaj":"1,150300","sifra_valute":"840","srednji_tecaj":"1,152000","valuta":"USD"}]`;
    expect(readRates(hnb)).toEqual([
      {
        ...{ source: 'HNB', date: '2026-11-28' },
        rates: new Map([
          ['BAM', '1.95583'],
          ['USD', '1.152'],
        ]),
      },
    ]);
    const item = (code: string, units: string, middle: string) =>
      `{"Country":"","NumCode":"","AlphaCode":"${code}","Units":"${units}","Buy":"","Middle":"${middle}","Sell":"","Star":null}`;
    const cbbh = (...rows: string[]) =>
      `{"CurrencyExchangeItems":[${rows.join()}],"Date":"2026-11-27T00:00:00","Comment":"","Number":229}`;
    const dots = readRates(cbbh(item('EUR', '1', '1.955830'), item('RSD', '100', '1.668797')));
    expect(dots).toMatchObject([{ source: 'CBBH', date: '2026-11-27' }]);
    // 1.95583 * 100 / 1.668797.
    expect(Object.fromEntries(dots[0]?.rates ?? [])).toEqual({ BAM: '1.95583', RSD: '117.19999497' });
    expect(readRates(cbbh(item('EUR', '1', '1,955830'), item('RSD', '100', '1,668797')))).toEqual(dots);
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
    [
      'a list of Romania without units',
      bnr({ '2026-11-27': { EUR: '5.1', HUF: '1.3' } }).replace('"100"', '"0"'),
    ],
    ['a list of Hungary without the euro', mnb('2026-11-27', [['1', 'USD', '332,40']])],
    ['an error of SOAP', '<s:Envelope xmlns:s="x"><s:Body><s:Fault>down</s:Fault></s:Body></s:Envelope>'],
    ['an empty list of JSON', '[]'],
    [
      'a list of Croatia with a row of nothing',
      '[{"srednji_tecaj":"1,1","valuta":"USD","datum_primjene":"2026-11-27"},{"srednji_tecaj":"","valuta":"CHF","datum_primjene":"2026-11-27"}]',
    ],
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
