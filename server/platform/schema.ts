import { type Static, type TSchema, Type } from 'typebox';
import { amountPattern } from '#server/common/money.ts';

/** Returns a schema of these strings, an `enum` in the OpenAPI document. */
export function StringEnum<const T extends readonly string[]>(
  words: T,
  options: { default?: T[number] } = {},
) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...words], ...options });
}

export const Id = Type.String({ minLength: 1, maxLength: 100 });
export const Instant = Type.String({ format: 'date-time' });
export const Day = Type.String({ format: 'date' });

/** `{amount: "12.50", currency: "EUR"}`: a decimal string with up to four decimals, and an ISO 4217 code. */
export const Money = Type.Object(
  {
    amount: Type.String({ pattern: amountPattern }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  },
  { title: 'Money' },
);
export type Money = Static<typeof Money>;

export const MoneyOrNull = Type.Union([Money, Type.Null()]);
export const TextOrNull = Type.Union([Type.String(), Type.Null()]);
export const NumberOrNull = Type.Union([Type.Number(), Type.Null()]);
export const InstantOrNull = Type.Union([Instant, Type.Null()]);

export const Quantity = Type.Integer({ minimum: 1, maximum: 1_000_000_000 });

export const PageQuery = Type.Object({
  page: Type.Integer({ minimum: 1, maximum: 100_000, default: 1 }),
  perPage: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
});

/** Returns the schema of a page of a list. */
export function Listing<T extends TSchema>(item: T) {
  return Type.Object({
    items: Type.Array(item),
    total: Type.Integer(),
    page: Type.Integer(),
    perPage: Type.Integer(),
  });
}

/** Optional Idempotency-Key: a repeat returns the first result. */
export const KeyHeader = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ maxLength: 255 })),
});

export const FieldError = Type.Object(
  { path: Type.String(), code: Type.String(), message: Type.String(), was: Type.Optional(Type.String()) },
  { title: 'FieldError' },
);

export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.String(),
    errors: Type.Optional(Type.Array(FieldError)),
  },
  { title: 'Problem' },
);
export type Problem = Static<typeof Problem>;

/** A vendor beside its offers. `rating` is null until its first rated call. */
export const VendorRef = Type.Object(
  {
    id: Id,
    name: Type.String(),
    slug: Type.String(),
    rating: Type.Union([Type.Object({ average: Type.Number(), count: Type.Integer() }), Type.Null()]),
  },
  { title: 'VendorRef' },
);
export type VendorRef = Static<typeof VendorRef>;
