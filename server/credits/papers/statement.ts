import type { Paper } from '#server/platform/pdf/paper.ts';
import type { EntryLine } from '#server/ledger/service.ts';
import type { CreditEntry } from '../schema.ts';
import type { PaperLanguage } from './language.ts';

export interface Statement {
  /** The name of the house. */
  house: string;
  /** Who has the credit. */
  holder: string;
  /** Days in UTC, both included. */
  from: string | undefined;
  to: string;
  /** Oldest first. */
  entries: readonly EntryLine[];
  /** In 1/100 credit. */
  opening: bigint;
  closing: bigint;
}

/** Returns a statement of credit, oldest entry first, with the balance before and after it. */
export function statementPaper(
  { house, holder, from, to, entries, opening, closing }: Statement,
  { t, tag, date, credit, pages }: PaperLanguage,
): Paper {
  return {
    ...{ lang: tag, title: t('statement.title'), pages, foot: house },
    facts: [
      { label: t('statement.holder'), value: holder },
      { label: t('statement.from'), value: from ? date(from) : t('statement.beginning') },
      { label: t('statement.to'), value: date(to) },
    ],
    parties: [],
    columns: [
      { label: t('statement.date'), isShort: true },
      { label: t('what') },
      ...[t('statement.in'), t('statement.out'), t('statement.balance')].map((label) => ({
        ...{ label, isShort: true, isNumber: true },
      })),
    ],
    rows: entries.map(({ at, kind, text, amount, balance }) => [
      date(at.toISOString().slice(0, 10)),
      `${t(`statement.kind.${kind as CreditEntry['kind']}`)} ${text}`,
      amount > 0n ? credit(amount) : '',
      amount < 0n ? credit(-amount) : '',
      credit(balance),
    ]),
    noRows: t('statement.none'),
    sums: [
      { label: t('statement.opening'), value: credit(opening) },
      { label: t('statement.in'), value: credit(sumOf(entries, 1n)) },
      { label: t('statement.out'), value: credit(sumOf(entries, -1n)) },
      { label: t('statement.closing'), value: credit(closing), isTotal: true },
    ],
    notes: [t('statement.unit')],
  };
}

/** Returns what came in (`sign` 1) or went out (-1). */
const sumOf = (entries: readonly EntryLine[], sign: bigint): bigint =>
  entries.reduce((sum, { amount }) => (amount * sign > 0n ? sum + amount * sign : sum), 0n);
