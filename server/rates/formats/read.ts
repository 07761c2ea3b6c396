import { readEcb } from './ecb.ts';
import { readBnr, readCnb, readJsonRates, readMnb, readNbs } from './national.ts';
import { type PublishedDay, UnreadableRates } from './published.ts';
import { localName, named, rootOf } from './xml.ts';

/** The most days that one document may hold: forty years of working days. */
const mostDays = 11_000;

/**
 * Reads what a source of rates publishes, recognised by its form: ECB, BNR and MNB (XML), CNB (text or JSON), NBP, HNB and
 * CBBH (JSON), NBS (a saved list). Returns the days, oldest first. Throws UnreadableRates.
 */
export function readRates(text: string): PublishedDay[] {
  const days = daysIn(text.replace(/^\uFEFF/, '').trim());
  if (days.length === 0 || days.length > mostDays || days.some(({ rates }) => rates.size === 0))
    throw new UnreadableRates('the document holds no whole day of rates');
  return days.sort((a, b) => (a.date < b.date ? -1 : 1));
}

function daysIn(text: string): PublishedDay[] {
  if (/^<(?!!doctype html|html)/i.test(text)) return readXmlRates(text);
  if (/^[{[]/.test(text)) return readJsonRates(text);
  if (/^\d{1,2}[. ][^|\n]{3,12}#\d+/.test(text)) return readCnb(text);
  if (/narodna banka srbije|\bNBS\b|važi za|vazi za|srednji/i.test(text)) return readNbs(text);
  throw new UnreadableRates('the document is of no known source of rates');
}

function readXmlRates(text: string): PublishedDay[] {
  const root = rootOf(text);
  const name = localName(root);
  if (name === 'DataSet') return readBnr(root);
  if (/^MNB\w*ExchangeRates$/.test(name)) return readMnb(root);
  // SOAP: the document is the text of the result.
  const result = named(root, 'Body').flatMap((body) => named(body, 'GetCurrentExchangeRatesResult'))[0];
  return result ? readMnb(rootOf(result.text)) : readEcb(root);
}
