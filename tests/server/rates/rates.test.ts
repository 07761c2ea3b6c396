import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { keepRates } from '#server/rates/jobs.ts';
import {
  acceptHeld,
  discardHeld,
  fetchRates,
  keepDay,
  RatesNotFetched,
  ratesStatus,
} from '#server/rates/service.ts';
import { start } from '../../harness.ts';
import { bnr, daily, ecb, history, mnb, quarter, startRatesSource } from './source.ts';

const source = await startRatesSource();
afterAll(() => source.close());

const service = await start({ env: { RATES_URL: `${source.url}/` } });
afterAll(() => service.end());
beforeEach(async () => {
  source.answers.clear();
  await service.ctx.sql`truncate exchange_rates, held_exchange_rates`;
  service.clock.set(new Date('2026-11-27T16:30:00Z'));
});

const friday = { USD: '1.1520', GBP: '0.8805', TRY: '48.90', PLN: '4.2400' };
const publish = (days: Record<string, Record<string, string>>) =>
  source.answers.set(daily, { body: ecb(days) });
const rates = (date?: string) => service.outsider().get(`/api/exchange-rates${date ? `?date=${date}` : ''}`);
const metrics = async () => (await fetch(`${service.url}/metrics`)).text();
const outcomes = async () => (await fetchRates(service.ctx)).map(({ date, outcome }) => [date, outcome]);

describe('the exchange rates', () => {
  test("the source's newest day is fetched by the job, once, and answered by its date", async () => {
    publish({ '2026-11-27': friday });
    await service.ctx.jobs.enqueue(service.ctx.db, keepRates, [{}]);
    await service.drain();
    expect(await outcomes()).toEqual([['2026-11-27', 'known']]);
    expect((await rates()).body).toEqual({
      date: '2026-11-27',
      base: 'EUR',
      rates: { GBP: '0.8805', PLN: '4.24', TRY: '48.9', USD: '1.152' },
      source: 'ECB',
      older: {},
    });
    // A weekend has Friday's rates, a day before the first has none, and a word is no day.
    expect((await rates('2026-11-29')).body.date).toBe('2026-11-27');
    expect((await rates('2026-11-26')).status).toBe(404);
    expect((await rates('yesterday')).status).toBe(422);
  });

  test('the days that were missed come from the history, which keeps every day', async () => {
    const days = { '2026-11-24': { ...friday, USD: '1.14' }, '2026-11-25': { ...friday, USD: '1.15' } };
    source.answers.set(quarter, { body: ecb({ '2026-11-27': friday, ...days }) });
    publish({ '2026-11-27': friday });
    expect(await outcomes()).toEqual([
      ['2026-11-24', 'stored'],
      ['2026-11-25', 'stored'],
      ['2026-11-27', 'stored'],
    ]);
    expect((await rates('2026-11-24')).body.rates.USD).toBe('1.14');

    service.clock.set(new Date('2027-06-01T16:30:00Z'));
    publish({ '2027-06-01': friday });
    source.answers.set(history, { body: ecb({ ...days, '2026-11-30': friday, '2027-06-01': friday }) });
    expect(await outcomes()).toEqual([
      ['2026-11-30', 'stored'],
      ['2027-06-01', 'stored'],
    ]);
    // A history that fails doesn't cost today's rates.
    service.clock.set(new Date('2027-06-14T16:30:00Z'));
    publish({ '2027-06-14': friday });
    source.answers.set(quarter, { status: 503, body: '' });
    expect(await outcomes()).toEqual([['2027-06-14', 'stored']]);
  });

  test.each([
    ['an error', 500, 'Internal Server Error'],
    ['garbage', 200, '<html><p>Please come back later'],
    ['half a document', 200, ecb({ '2026-11-28': friday }).slice(0, 500)],
    ['a day with a quarter of its currencies', 200, ecb({ '2026-11-28': { USD: '1.1' } })],
    ['a day in the future', 200, ecb({ '2036-11-28': friday })],
  ])('%s changes nothing, and the job is tried again', async (_what, status, body) => {
    publish({ '2026-11-27': friday });
    await fetchRates(service.ctx);
    source.answers.set(daily, { status, body });
    await expect(fetchRates(service.ctx)).rejects.toThrow(RatesNotFetched);
    const { body: now } = await rates();
    expect([now.date, Object.keys(now.rates).length]).toEqual(['2026-11-27', 4]);
  });

  test('a day that is fetched twice at the same time is stored once, whole', async () => {
    publish({ '2026-11-27': friday });
    const both = await Promise.all([outcomes(), outcomes()]);
    expect(
      both
        .flat()
        .map(([, outcome]) => outcome)
        .sort(),
    ).toEqual(['known', 'stored']);
    // What is stored stays, whatever the source says of that day later.
    publish({ '2026-11-27': { ...friday, USD: '1.1600' } });
    expect(await outcomes()).toEqual([['2026-11-27', 'known']]);
    expect((await rates()).body.rates.USD).toBe('1.152');
  });

  test('a jump of a fifth holds the whole day until a person accepts it, and the days after it follow', async () => {
    publish({ '2026-11-27': friday });
    await fetchRates(service.ctx);
    service.clock.set(new Date('2026-12-01T16:30:00Z'));
    const fallen = { ...friday, USD: '1.2', TRY: '58.68' };
    publish({ '2026-11-30': fallen });
    expect(await outcomes()).toEqual([['2026-11-30', 'held']]);
    publish({ '2026-12-01': { ...fallen, USD: '1.21' } });
    expect(await outcomes()).toEqual([['2026-12-01', 'held']]);
    expect((await rates()).body).toMatchObject({ date: '2026-11-27', rates: { USD: '1.152' } });
    expect(await metrics()).toContain('quoteline_exchange_rates_held_days{source="ECB"} 2');
    expect(await metrics()).toContain('quoteline_exchange_rates_age_days{source="ECB"} 4');
    const { held } = await ratesStatus(service.ctx.db, service.clock.now());
    expect(held[0]).toMatchObject({
      date: '2026-11-30',
      jumps: [{ currency: 'TRY', former: '48.9', rate: '58.68' }],
    });

    expect(await acceptHeld(service.ctx, '2026-11-28')).toEqual([]);
    const accepted = await acceptHeld(service.ctx, '2026-11-30');
    expect(accepted.map(({ date, outcome }) => [date, outcome])).toEqual([
      ['2026-11-30', 'stored'],
      ['2026-12-01', 'stored'],
    ]);
    expect((await rates()).body).toMatchObject({ date: '2026-12-01', rates: { TRY: '58.68', USD: '1.21' } });
    expect(await metrics()).toContain('quoteline_exchange_rates_held_days{source="ECB"} 0');
    expect(await acceptHeld(service.ctx, '2026-11-30')).toEqual([]);
  });

  test('a change just below a fifth passes, and held rates can be discarded or are replaced by right ones', async () => {
    publish({ '2026-11-25': friday });
    await fetchRates(service.ctx);
    publish({ '2026-11-26': { ...friday, TRY: '58.67' } });
    expect(await outcomes()).toEqual([['2026-11-26', 'stored']]);
    publish({ '2026-11-27': { ...friday, USD: '115.20' } });
    expect(await outcomes()).toEqual([['2026-11-27', 'held']]);
    expect(await discardHeld(service.ctx, '2026-11-27')).toBe(1);
    expect(await outcomes()).toEqual([['2026-11-27', 'held']]);
    publish({ '2026-11-27': { ...friday, TRY: '58.67' } });
    expect(await outcomes()).toEqual([['2026-11-27', 'stored']]);
    expect((await ratesStatus(service.ctx.db, service.clock.now())).held).toEqual([]);
  });

  test('a national bank adds the currencies that the source before it lacks, and no others', async () => {
    const cnb =
      '27 Nov 2026 #229\nCountry|Currency|Amount|Code|Rate\nEMU|euro|1|EUR|24,180\nUSA|dolar|1|USD|20,990\n';
    source.answers.set('/cnb', { body: cnb });
    publish({ '2026-11-27': friday });
    const config = { ...service.config, ratesUrl: `${source.url}${daily}, ${source.url}/cnb` };
    await fetchRates({ ...service.ctx, config });
    expect((await rates()).body).toMatchObject({ source: 'CNB, ECB', rates: { CZK: '24.18', USD: '1.152' } });
    // While the first source is down, its currencies stay its own.
    service.clock.set(new Date('2026-11-28T16:30:00Z'));
    source.answers.set('/cnb', { body: cnb.replace('27 Nov', '28 Nov') });
    source.answers.delete(daily);
    await expect(fetchRates({ ...service.ctx, config })).rejects.toThrow(RatesNotFetched);
    expect((await rates()).body).toMatchObject({ date: '2026-11-27', rates: { USD: '1.152' } });
  });

  test('banks of the region are fetched as each of them answers, with what they have missed', async () => {
    publish({ '2026-11-27': friday });
    source.answers.set('/nbrfxrates.xml', { body: bnr({ '2026-11-27': { EUR: '5.0978', RSD: '0.0435' } }) });
    source.answers.set('/nbrfxrates10days.xml', {
      body: bnr({
        '2026-11-27': { EUR: '5.0978', RSD: '0.0435' },
        '2026-11-26': { EUR: '5.0950', RSD: '0.0434' },
        '2026-11-18': { EUR: '5.0900', RSD: '0.0434' },
      }),
    });
    source.answers.set('/tecajn-eur/v3', {
      body: '[{"datum_primjene":"2026-11-28","srednji_tecaj":"1,955830","valuta":"BAM"}]',
    });
    source.answers.set('/arfolyamok.asmx', {
      body: mnb('2026-11-27', [
        ['1', 'EUR', '383,13000'],
        ['100', 'JPY', '211,57000'],
      ]),
    });
    await keepDay(service.ctx, {
      ...{ source: 'BNR', date: '2026-11-18' },
      rates: new Map([
        ['RON', '5.09'],
        ['RSD', '117.28110599'],
      ]),
    });
    const paths = [daily, '/nbrfxrates.xml', '/tecajn-eur/v3', '/arfolyamok.asmx'];
    const config = { ...service.config, ratesUrl: paths.map((path) => source.url + path).join() };
    const kept = await fetchRates({ ...service.ctx, config });
    expect(kept.map(({ source: from, date, rates: count }) => [from, date, count])).toEqual([
      ['ECB', '2026-11-27', 4],
      ['BNR', '2026-11-26', 2],
      ['BNR', '2026-11-27', 2],
      ['HNB', '2026-11-28', 1],
      ['MNB', '2026-11-27', 2],
    ]);
    // Croatia's list is valid from the next day.
    expect((await rates('2026-11-28')).body.rates).toMatchObject({
      ...{ BAM: '1.95583', HUF: '383.13', JPY: '181.08900128', RON: '5.0978', RSD: '117.1908046' },
      USD: '1.152',
    });
    expect(source.posted).toMatchObject([
      {
        url: '/arfolyamok.asmx',
        action: '"http://www.mnb.hu/webservices/MNBArfolyamServiceSoap/GetCurrentExchangeRates"',
      },
    ]);
    expect(source.posted[0]?.body).toContain(
      '<GetCurrentExchangeRates xmlns="http://www.mnb.hu/webservices/"/>',
    );
  });

  test('each rate keeps the day it is of', async () => {
    const older = { source: 'NBS', date: '2026-11-20', rates: new Map([['RSD', '117.2']]) };
    await keepDay(service.ctx, older);
    publish({ '2026-11-27': friday });
    await fetchRates(service.ctx);
    expect((await rates()).body).toMatchObject({ date: '2026-11-27', older: { RSD: '2026-11-20' } });
  });
});
