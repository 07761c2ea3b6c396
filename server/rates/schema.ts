import { type Static, Type } from 'typebox';
import { Day, Money } from '#server/platform/schema.ts';

/** An amount converted at the reference rates of `date`: for comparing, never what a vendor asks or offers. */
export const About = Type.Object({ ...Money.properties, date: Day }, { title: 'About' });
export type About = Static<typeof About>;

/** A vendor's price; `about`: the same in the currency asked for or chosen, if there are rates. */
export const Price = Type.Object({ ...Money.properties, about: Type.Optional(About) }, { title: 'Price' });
export type Price = Static<typeof Price>;
export const PriceOrNull = Type.Union([Price, Type.Null()]);

/** The currency that amounts are shown in beside their own, and the rates. Amounts of a day before `oldBefore` are old. */
export const Conversion = Type.Object(
  { currency: Type.String(), date: Day, source: Type.String(), oldBefore: Day },
  { title: 'Conversion' },
);
export type Conversion = Static<typeof Conversion>;
export const ConversionOrNull = Type.Union([Conversion, Type.Null()]);

/**
 * What all lines cost at the lowest list price of each, whatever the number of partners asked. `about` is the sum in one
 * currency, converted if `conversion` says at which rates; null: no line has a price that could be counted.
 */
export const ListTotal = Type.Object(
  {
    about: Type.Union([Money, Type.Null()]),
    conversion: ConversionOrNull,
    lines: Type.Integer(),
    /** Lines of which no partner has a list price, and lines whose currency has no rate: they aren't in `about`. */
    withoutPrice: Type.Integer(),
    withoutRate: Type.Integer(),
    /** The same lines in the currencies of their lowest prices, each line once. */
    byCurrency: Type.Array(Type.Object({ lines: Type.Integer(), total: Money })),
  },
  { title: 'ListTotal' },
);
export type ListTotal = Static<typeof ListTotal>;

/** A currency to show amounts in; else the visitor's choice (cookie `currency`), else that of the reader's country. */
export const CurrencyQuery = Type.Object({
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
});

export const RatesQuery = Type.Object({
  /** The day whose rates to return, by default today. A day without rates of its own has those before it. */
  date: Type.Optional(Day),
});

/** 1 unit of `base` = `rates` of each currency, as decimal strings. */
export const ExchangeRates = Type.Object(
  {
    /** The day of the newest of these rates. */
    date: Day,
    base: Type.String(),
    rates: Type.Record(Type.String(), Type.String()),
    /** Who published them. */
    source: Type.String(),
    /** The days of the rates that are older than `date`, by currency. */
    older: Type.Record(Type.String(), Day),
  },
  { title: 'ExchangeRates' },
);
export type ExchangeRates = Static<typeof ExchangeRates>;
