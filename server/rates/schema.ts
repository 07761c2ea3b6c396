import { type Static, Type } from 'typebox';
import { Day, Money } from '#server/platform/schema.ts';

/** An amount converted at the reference rates of `date`: for comparing, never what a vendor asks or offers. */
export const About = Type.Object({ ...Money.properties, date: Day }, { title: 'About' });
export type About = Static<typeof About>;

/** A vendor's price; `about`: the same in the currency asked for or chosen, if there are rates. */
export const Price = Type.Object({ ...Money.properties, about: Type.Optional(About) }, { title: 'Price' });
export type Price = Static<typeof Price>;
export const PriceOrNull = Type.Union([Price, Type.Null()]);

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
