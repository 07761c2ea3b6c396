import { type Static, Type } from 'typebox';
import { Id, StringEnum, TextOrNull } from '#server/platform/schema.ts';
import { JoinedLine, ListOffer, maxRowsByCode } from '../schema.ts';

export const columnRoles = ['code', 'quantity', 'unit', 'name', 'note', 'vendor', 'ignored'] as const;
export type ColumnRole = (typeof columnRoles)[number];

const ListProduct = Type.Object({ id: Id, slug: Type.String(), code: Type.String(), name: Type.String() });

export const ListColumn = Type.Object(
  {
    index: Type.Integer(),
    /** Empty if the list has no headings. */
    heading: Type.String(),
    role: StringEnum(columnRoles),
    /** The first cells that aren't empty. */
    sample: Type.Array(Type.String()),
  },
  { title: 'ListColumn' },
);
export type ListColumn = Static<typeof ListColumn>;

/** A row as it was understood. Only `ready` rows are added unless others are named. */
export const ListRow = Type.Object(
  {
    /** The number of the line where it begins, from 1. */
    row: Type.Integer(),
    raw: Type.String(),
    /** As written, without invisible marks. */
    code: Type.String(),
    /** A decimal string; null if it isn't certain. */
    quantity: TextOrNull,
    /** The quantity as written; empty if there is none. */
    quantityText: Type.String(),
    state: StringEnum(['ready', 'choose', 'unclear', 'not_found', 'skipped']),
    /** Why it isn't ready. */
    reason: Type.Optional(Type.String()),
    /** The products that the code may mean, or those with similar codes. */
    choices: Type.Optional(
      Type.Array(Type.Object({ ...ListProduct.properties, vendors: Type.Array(Type.String()) })),
    ),
    product: Type.Optional(ListProduct),
    /** What its column of names says, to search by. */
    name: Type.Optional(Type.String()),
    /** What its column of notes says, for the line. */
    note: Type.Optional(Type.String()),
    /** The offer by which its vendor is asked. */
    offer: Type.Optional(ListOffer),
    joins: Type.Optional(JoinedLine),
    /** The vendors that the line asks which it joins. */
    asks: Type.Optional(Type.Array(Type.String())),
    /** How many vendors can be asked for the product. */
    vendors: Type.Optional(Type.Integer()),
    /** With `quantity_not_sellable`: the terms that satisfy all vendors that would be asked. */
    minimum: Type.Optional(Type.Integer()),
    packSize: Type.Optional(Type.Integer()),
  },
  { title: 'ListRow' },
);
export type ListRow = Static<typeof ListRow>;

export const List = Type.Object(
  {
    id: Id,
    format: Type.Object({
      encoding: Type.String(),
      /** The sign between cells; two blanks for columns aligned by blanks; null if the rows have no separator. */
      separator: TextOrNull,
      headingRow: Type.Union([Type.Integer(), Type.Null()]),
    }),
    columns: Type.Array(ListColumn),
    rows: Type.Array(ListRow),
    /** What was assumed, or must be decided, for several rows at once. */
    questions: Type.Array(
      Type.Object({ code: Type.String(), rows: Type.Array(Type.Integer()), message: Type.String() }),
    ),
  },
  { title: 'List' },
);
export type List = Static<typeof List>;

export const ListText = Type.Object({ text: Type.String({ maxLength: 500_000 }) });
export type ListText = Static<typeof ListText>;

/** A form with one file. The schema names no type, because a form's file is no JSON. */
export const ListFile = Type.Object({
  file: Type.Unsafe<Uint8Array>({ contentMediaType: 'application/octet-stream' }),
});

export const ListRoles = Type.Object({
  /** Columns that aren't named are ignored. */
  columns: Type.Array(
    Type.Object({ index: Type.Integer({ minimum: 0, maximum: 1_000 }), role: StringEnum(columnRoles) }),
    { maxItems: 200 },
  ),
});
export type ListRoles = Static<typeof ListRoles>;

export const ListAddition = Type.Object({
  /** Default: all rows that are ready. */
  rows: Type.Optional(
    Type.Array(
      Type.Object({
        row: Type.Integer({ minimum: 1 }),
        /** Replace what the list says. */
        code: Type.Optional(Type.String({ maxLength: 500 })),
        quantity: Type.Optional(Type.Union([Type.Number(), Type.String({ maxLength: 100 })])),
        productId: Type.Optional(Id),
        offerIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 50 })),
        /** `all`: everybody who has it, for this row. */
        ask: Type.Optional(StringEnum(['one', 'all'])),
      }),
      { maxItems: maxRowsByCode },
    ),
  ),
  /** Whom to ask where a row doesn't say: the best vendor, or everybody who has it. */
  ask: Type.Optional(StringEnum(['one', 'all'])),
});
export type ListAddition = Static<typeof ListAddition>;
