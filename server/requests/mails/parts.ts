import * as money from '#server/common/money.ts';
import { phoneInGroups } from '#server/common/phones.ts';
import { hasOrdered } from '../enquiries/rules.ts';
import { companyFor, orderDetailsOf } from '../orders/details.ts';
import type { Address } from '../schema.ts';
import type { MailLine, MailQuoteLine, MailRows } from './queries.ts';
import type { Translation } from '#server/common/words.ts';
import { type Translator as TranslatorOf } from '#server/platform/mailing/translator.ts';
import type { words as english } from '../words/en/mails.ts';
import {
  type Fact,
  type LineRow,
  type LinesSection,
  oneLine,
  shortened,
  type WordsSection,
} from '#server/platform/mailing/document.ts';

export type Translator = TranslatorOf<typeof english>;
export interface RequestMailWords {
  words: Translation<typeof english>;
}

/** The data and language of a mail about a request. */
export interface RequestMailInput {
  translator: Translator;
  rows: MailRows;
}

const longestName = 200;
const longestNote = 300;
const longestMessage = 2_000;
const longestFact = 80;

/** Returns the buyer's company, else the person's name. */
export function buyerName({ rows }: RequestMailInput): string {
  return oneLine(companyOf(rows) ?? rows.request.contactName);
}

/** Returns the buyer's company, for a vendor the one given on acceptance only if it accepted lines of this vendor. */
function companyOf({ request, enquiry }: MailRows): string | undefined {
  return companyFor(request, request.kind === 'order' || (enquiry !== null && hasOrdered(enquiry.status)));
}

/** Returns the buyer's contact person with e-mail address and phone number. */
export function buyerContact({ rows, translator }: RequestMailInput): string {
  const { contactName, contactEmail, contactPhone } = rows.request;
  const known = [contactName, companyOf(rows), contactEmail, phoneInGroups(contactPhone ?? '')].filter(
    Boolean,
  );
  return `${translator.t('contact')}: ${oneLine(known.join(', '))}`;
}

/** Returns the zone in which the deadlines of a request are meant: the buyer's. */
export const deadlineZone = ({ rows }: RequestMailInput): string => rows.request.timeZone ?? 'UTC';

/** Returns the title block of a request, without empty lines. `deadline`: to answer. */
export function requestFacts(input: RequestMailInput, own: Fact[], deadline: Date | null): Fact[] {
  const { translator, rows } = input;
  const { delivery, number, kind } = rows.request;
  const isOrder = kind === 'order';
  const facts: (Fact | null)[] = [
    { label: translator.t(isOrder ? 'order' : 'request'), value: number },
    ...own,
    deadline && {
      label: translator.t(isOrder ? 'confirmBy' : 'answerBy'),
      value: translator.deadline(deadline, deadlineZone(input)),
    },
    delivery?.neededBy
      ? { label: translator.t('neededBy'), value: translator.date(delivery.neededBy) }
      : null,
    ...(isOrder ? orderFacts(input) : [addressFact(input, 'delivery', delivery ?? {})]),
  ];
  return facts.filter((fact) => fact !== null);
}

/** Returns where an order and its invoice go. */
export function orderFacts(input: RequestMailInput): (Fact | null)[] {
  const { delivery, billing } = orderDetailsOf(input.rows.request);
  return [addressFact(input, 'deliverTo', delivery), addressFact(input, 'billTo', billing ?? delivery)];
}

function addressFact(
  { translator }: RequestMailInput,
  label: 'delivery' | 'deliverTo' | 'billTo',
  { place, country }: Address,
): Fact | null {
  const text = oneLine([place, country && translator.country(country)].filter(Boolean).join(', '));
  const longest = label === 'delivery' ? longestFact : longestMessage;
  return text ? { label: translator.t(label), value: shortened(text, longest, (kept) => `${kept} …`) } : null;
}

export function wordsOf({ translator }: RequestMailInput, title: string, text: string): WordsSection[] {
  if (!text) return [];
  const short = shortened(text, longestMessage, (kept) => translator.t('cut', { text: kept }));
  return [{ kind: 'words', title, text: short }];
}

export function table(
  { translator }: RequestMailInput,
  given: { title: string; price: string; rows: LineRow[]; sums: Fact[] },
): LinesSection {
  return {
    kind: 'lines',
    title: given.title,
    head: {
      number: translator.t('number'),
      product: translator.t('product'),
      quantity: translator.t('quantity'),
      price: given.price,
    },
    rows: given.rows,
    sums: given.sums,
    more: (count) => translator.t('moreLines', { count }),
  };
}

const noteOf = (translator: Translator, text: string) =>
  text ? [translator.t('note', { text: shortened(oneLine(text), longestNote, (kept) => `${kept} …`) })] : [];

const optionsOf = (options: Record<string, string>) =>
  Object.entries(options).map(([name, value]) => oneLine(`${name}: ${value}`));

const nameOf = (name: string) => shortened(oneLine(name), longestName, (kept) => `${kept} …`);

/** Returns the list price per unit, or "on request". */
export function listPriceOf(translator: Translator, { part }: MailLine): string {
  const price = money.fromDatabase(part.listPrice, part.currency);
  return price ? translator.money(price) : translator.t('onRequest');
}

/** Returns a line of the specification. `parts`: the terms of all its vendors, or in a vendor's mail only its own. */
export function specificationRow(
  translator: Translator,
  parts: MailLine[],
  own: { price: string; details: string[] },
): LineRow {
  const { line, part } = parts[0]!;
  return {
    position: translator.number(line.position),
    name: nameOf(line.productName),
    code: line.productCode,
    details: [...own.details, ...optionsOf(line.options), ...noteOf(translator, line.note)],
    quantity: translator.quantity(line.quantity, part.unit),
    price: own.price,
  };
}

/** Returns a line of an answer, with the quoted price and quantity. */
export function quotedRow(translator: Translator, row: MailQuoteLine, details: string[]): LineRow {
  const { line, answer, quote } = row;
  const price = money.fromDatabase(answer.unitPrice, quote.currency);
  const days = answer.leadTimeDays;
  return {
    position: translator.number(line.position),
    name: nameOf(line.productName),
    code: line.productCode,
    details: [
      ...details,
      ...(answer.alternative
        ? [
            translator.t('alternative', {
              text: shortened(oneLine(answer.alternative), longestNote, (kept) => `${kept} …`),
            }),
          ]
        : []),
      ...(days === null ? [] : [translator.t('leadTime', { days: translator.t('days', { count: days }) })]),
    ],
    quantity: translator.quantity(answer.quantity ?? line.quantity, row.unit),
    price: price ? translator.money(price) : '',
  };
}

/** Returns sums per currency, rounded per line. */
export function quotedSums(rows: MailQuoteLine[]): money.Money[] {
  const totals = rows.map(({ answer, quote, line }) =>
    answer.decision === 'decline'
      ? null
      : money.lineMoney(money.parse(answer.unitPrice), answer.quantity ?? line.quantity, quote.currency),
  );
  return money.sumPerCurrency(totals);
}

/** Returns sums at list prices per currency (a range where vendors differ), and how many prices are on request. */
export function listSums({ translator }: RequestMailInput, lines: MailLine[][]): Fact[] {
  const totals = lines.map((parts) =>
    parts.map(({ line, part }) => money.lineMoney(money.parse(part.listPrice), line.quantity, part.currency)),
  );
  const sums = money.totalsPerCurrency(totals).map(({ low, high }) => {
    const priced = totals.filter((ofLine) => ofLine.some((total) => total?.currency === low.currency));
    return {
      label: translator.t('atListPrices', { lines: translator.t('lines', { count: priced.length }) }),
      value:
        low.amount === high.amount
          ? translator.money(low)
          : `${translator.money(low)} – ${translator.money(high)}`,
    };
  });
  const open = totals.flat().filter((total) => total === null).length;
  if (open === 0) return sums;
  return [...sums, { label: translator.t('pricesOnRequest', { count: open }), value: '' }];
}

/** Says to the buyer what the link of the mail lets people do. */
export const followFooter = ({ translator, rows }: RequestMailInput): string =>
  translator.t(rows.request.kind === 'order' ? 'followLinkOrder' : 'followLink');

/** Returns the one figure of the request, and what belongs to it, as the buyer saw it when sending. */
export function totalFacts({ translator, rows }: RequestMailInput): Fact[] {
  const total = rows.request.listTotal;
  if (!total) return [];
  const { about, conversion, withoutPrice, withoutRate, byCurrency } = total;
  const lines = (count: number) => translator.t('lines', { count });
  const facts: (Fact | null)[] = [
    about && {
      label: translator.t(rows.request.kind === 'order' ? 'total.list' : 'total.lowest'),
      value: conversion
        ? translator.t('total.about', { amount: translator.money(about) })
        : translator.money(about),
    },
    conversion && {
      label: translator.t('total.rates', { date: translator.date(conversion.date) }),
      value: '',
    },
    conversion && conversion.date < conversion.oldBefore
      ? { label: translator.t('total.old'), value: '' }
      : null,
    ...(byCurrency.length > 1 || (conversion && byCurrency.length > 0)
      ? byCurrency.map((part) => ({
          label: translator.t('total.part', { lines: lines(part.lines) }),
          value: translator.money(part.total),
        }))
      : []),
    withoutPrice > 0
      ? { label: translator.t('total.withoutPrice', { count: withoutPrice }), value: '' }
      : null,
    withoutRate > 0 ? { label: translator.t('total.withoutRate', { count: withoutRate }), value: '' } : null,
  ];
  return facts.filter((fact) => fact !== null);
}
