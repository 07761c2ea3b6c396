import type { PublishedDay } from './formats/published.ts';

/** Rates a fifth or more from the day before wait for a person. */
const jumpPercent = 20n;

/** A document with fewer of the currencies that its source had is only a part of it. */
const wholePercent = 75;

/** A source may name the day after its publication, from which its rates are valid. */
const daysAhead = 4;

export const dayMs = 86_400_000;

export interface KnownRate {
  date: string;
  rate: string;
  source: string;
}

export interface Jump {
  currency: string;
  rate: string;
  former: string;
}

/** Returns the rates that differ by a fifth or more from the nearest known ones. */
export function jumpsOf(day: PublishedDay, nearest: ReadonlyMap<string, KnownRate>): Jump[] {
  return [...day.rates].flatMap(([currency, rate]) => {
    const former = nearest.get(currency)?.rate;
    return former !== undefined && isJump(former, rate) ? [{ currency, rate, former }] : [];
  });
}

function isJump(former: string, rate: string): boolean {
  const [before, after] = [exact(former), exact(rate)];
  const difference = after > before ? after - before : before - after;
  return difference * 100n >= before * jumpPercent;
}

/** In 1/10^8, exactly. */
function exact(rate: string): bigint {
  const [whole = '0', fraction = ''] = rate.split('.');
  return BigInt(whole + fraction.slice(0, 8).padEnd(8, '0'));
}

/** Returns why the day can't be used at all, or null. `known`: how many currencies its source has had lately. */
export function faultOf(day: PublishedDay, known: number, now: Date): string | null {
  const latest = new Date(now.getTime() + daysAhead * dayMs).toISOString().slice(0, 10);
  if (day.date > latest) return `${day.date} is in the future`;
  if (day.rates.size * 100 < known * wholePercent)
    return `it has ${day.rates.size} currencies, and ${known} were usual`;
  return null;
}

/** Returns the whole days from a date (YYYY-MM-DD) until now. */
export function ageInDays(date: string, now: Date): number {
  return Math.floor((now.getTime() - Date.parse(`${date}T00:00:00Z`)) / dayMs);
}

/** A source and where it keeps the history of so many days. */
export interface RatesSource {
  url: string;
  history: { days: number; url: string }[];
}

/** Files with history, beside a source's daily file. */
const historyFiles: Record<string, { days: number; file: string }[]> = {
  'eurofxref-daily.xml': [
    { days: 80, file: 'eurofxref-hist-90d.xml' },
    { days: Infinity, file: 'eurofxref-hist.xml' },
  ],
  'nbrfxrates.xml': [{ days: 13, file: 'nbrfxrates10days.xml' }],
};

/** Returns the sources of RATES_URL. The address of a folder is that of the ECB's files in it. */
export function sourcesIn(setting: string): RatesSource[] {
  return setting
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((given) => {
      const url = new URL(given);
      if (/\/$/.test(url.pathname)) url.pathname += 'eurofxref-daily.xml';
      const daily = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
      const history = (historyFiles[daily] ?? []).map(({ days, file }) => ({
        days,
        url: url.href.replace(daily, file),
      }));
      return { url: url.href, history };
    });
}

/** Returns the request of an address: Hungary's bank answers SOAP only. */
export function requestOf(url: string): { method?: string; headers?: Record<string, string>; body?: string } {
  if (!/\/arfolyamok\.asmx$/i.test(new URL(url).pathname)) return {};
  const service = 'http://www.mnb.hu/webservices/';
  return {
    method: 'POST',
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: `"${service}MNBArfolyamServiceSoap/GetCurrentExchangeRates"`,
    },
    body:
      '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
      `<GetCurrentExchangeRates xmlns="${service}"/></soap:Body></soap:Envelope>`,
  };
}
