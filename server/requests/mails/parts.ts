import * as money from '#server/common/money.ts';
import type { MailLine, MailQuoteLine, MailRows } from './queries.ts';
import type { Translation } from '#server/common/words.ts';
import { type Voice as VoiceOf } from '#server/platform/mailing/voice.ts';
import type { words as english } from '../words/en/mails.ts';
import {
  type Fact,
  type LineRow,
  type LinesSection,
  oneLine,
  shortened,
  type WordsSection,
} from '#server/platform/mailing/document.ts';

export type Voice = VoiceOf<typeof english>;
export interface RequestMailWords {
  words: Translation<typeof english>;
}

/** What all mails are made with. */
export interface Writing {
  voice: Voice;
  rows: MailRows;
}

const longestName = 200;
const longestNote = 300;
const longestMessage = 2_000;
const longestFact = 80;

/** Returns who asks: the company, else the person. */
export function buyerName({ rows }: Writing): string {
  return oneLine(rows.request.contactCompany ?? rows.request.contactName);
}

/** Returns the person behind it, and how to reach them. */
export function buyerContact({ rows, voice }: Writing): string {
  const { contactName, contactCompany, contactEmail, contactPhone } = rows.request;
  const known = [contactName, contactCompany, contactEmail, contactPhone].filter((part) => part !== null);
  return `${voice.t('contact')}: ${oneLine(known.join(', '))}`;
}

/** Returns the title block of a request; lines without a value are left out. */
export function requestFacts(writing: Writing, own: Fact[], deadline: Date | null): Fact[] {
  const { voice, rows } = writing;
  const { delivery, number, kind } = rows.request;
  const place = oneLine([delivery?.place, delivery?.country].filter(Boolean).join(', '));
  const cut = (text: string) => shortened(text, longestFact, (kept) => `${kept} …`);
  const facts: (Fact | null)[] = [
    { label: voice.t(kind === 'order' ? 'order' : 'request'), value: number },
    ...own,
    deadline && { label: voice.t('answerBy'), value: voice.day(deadline) },
    delivery?.neededBy ? { label: voice.t('neededBy'), value: voice.date(delivery.neededBy) } : null,
    place ? { label: voice.t('delivery'), value: cut(place) } : null,
  ];
  return facts.filter((fact) => fact !== null);
}

export function wordsOf({ voice }: Writing, title: string, text: string): WordsSection[] {
  if (!text) return [];
  const short = shortened(text, longestMessage, (kept) => voice.t('cut', { text: kept }));
  return [{ kind: 'words', title, text: short }];
}

export function table(
  { voice }: Writing,
  given: { title: string; price: string; rows: LineRow[]; sums: Fact[] },
): LinesSection {
  return {
    kind: 'lines',
    title: given.title,
    head: {
      number: voice.t('number'),
      product: voice.t('product'),
      quantity: voice.t('quantity'),
      price: given.price,
    },
    rows: given.rows,
    sums: given.sums,
    more: (count) => voice.t('moreLines', { count }),
  };
}

const noteOf = (voice: Voice, text: string) =>
  text ? [voice.t('note', { text: shortened(oneLine(text), longestNote, (kept) => `${kept} …`) })] : [];

const optionsOf = (options: Record<string, string>) =>
  Object.entries(options).map(([name, value]) => oneLine(`${name}: ${value}`));

const nameOf = (name: string) => shortened(oneLine(name), longestName, (kept) => `${kept} …`);

/** Returns the list price each, or "on request". */
export function listPriceOf(voice: Voice, { part }: MailLine): string {
  const price = money.fromDatabase(part.listPrice, part.currency);
  return price ? voice.money(price) : voice.t('onRequest');
}

/**
 * Returns a line of the specification; `parts`: its vendors' terms, all of them for the buyer, its own for a vendor.
 */
export function specificationRow(
  voice: Voice,
  parts: MailLine[],
  own: { price: string; details: string[] },
): LineRow {
  const { line, part } = parts[0]!;
  return {
    position: voice.number(line.position),
    name: nameOf(line.productName),
    code: line.productCode,
    details: [...own.details, ...optionsOf(line.options), ...noteOf(voice, line.note)],
    quantity: quantityOf(voice, line.quantity, part.unit),
    price: own.price,
  };
}

/** Returns a line of an answer, at the price and quantity quoted. */
export function quotedRow(voice: Voice, row: MailQuoteLine, details: string[]): LineRow {
  const { line, answer, quote } = row;
  const price = money.fromDatabase(answer.unitPrice, quote.currency);
  const days = answer.leadTimeDays;
  return {
    position: voice.number(line.position),
    name: nameOf(line.productName),
    code: line.productCode,
    details: [
      ...details,
      ...(answer.alternative
        ? [
            voice.t('alternative', {
              text: shortened(oneLine(answer.alternative), longestNote, (kept) => `${kept} …`),
            }),
          ]
        : []),
      ...(days === null ? [] : [voice.t('leadTime', { days: voice.t('days', { count: days }) })]),
    ],
    quantity: quantityOf(voice, answer.quantity ?? line.quantity, row.unit),
    price: price ? voice.money(price) : '',
  };
}

/** Sums of lines per currency, rounded once per line. */
export function quotedSums(rows: MailQuoteLine[]): money.Money[] {
  const totals = rows.map(({ answer, quote, line }) =>
    answer.decision === 'decline'
      ? null
      : money.lineMoney(money.parse(answer.unitPrice), answer.quantity ?? line.quantity, quote.currency),
  );
  return money.sumPerCurrency(totals);
}

/** Sums at list prices: per currency the lowest, and the highest where vendors differ; and what has no price. */
export function listSums({ voice }: Writing, lines: MailLine[][]): Fact[] {
  const totals = lines.map((parts) =>
    parts.map(({ line, part }) => money.lineMoney(money.parse(part.listPrice), line.quantity, part.currency)),
  );
  const sums = money.totalsPerCurrency(totals).map(({ low, high }) => {
    const priced = totals.filter((ofLine) => ofLine.some((total) => total?.currency === low.currency));
    return {
      label: voice.t('atListPrices', { lines: voice.t('lines', { count: priced.length }) }),
      value: low.amount === high.amount ? voice.money(low) : `${voice.money(low)} – ${voice.money(high)}`,
    };
  });
  const open = totals.flat().filter((total) => total === null).length;
  if (open === 0) return sums;
  return [...sums, { label: voice.t('pricesOnRequest', { count: open }), value: '' }];
}

/** "10 pieces"; a unit without a word of ours is printed as the vendor wrote it. */
function quantityOf(voice: Voice, count: number, unit: string): string {
  const key = `unit.${unit}`;
  return voice.has(key) ? voice.t(key as 'unit.piece', { count }) : `${voice.number(count)} ${unit}`;
}
