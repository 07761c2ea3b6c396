import { type Static, Type } from 'typebox';
import { Offer, ProductSummary } from '#server/catalog/schema.ts';
import { About, CurrencyQuery, ListTotal } from '#server/rates/schema.ts';
import {
  Id,
  Instant,
  InstantOrNull,
  Listing,
  Money,
  MoneyOrNull,
  Quantity,
  VendorRef,
  StringEnum,
} from '#server/platform/schema.ts';

export const maxLines = 5_000;
export const maxRowsByCode = 2_000;

/** One of a line's offers, priced at the line's quantity. */
export const LineOffer = Type.Object(
  {
    ...Offer.properties,
    /** Whether the line asks this vendor. */
    asked: Type.Boolean(),
    /** True: the vendor no longer offers it, so the line can't be sent while it asks for it. */
    withdrawn: Type.Boolean(),
    /** The list price per unit at this quantity, with price breaks. */
    unitPrice: MoneyOrNull,
    lineTotal: MoneyOrNull,
    /** Whether the quantity is at least the minimum and a multiple of the pack size. */
    sellable: Type.Boolean(),
    /** The lowest unit price among the line's offers, by exchange rates. No offer has it where a rate is missing. */
    lowest: Type.Boolean(),
    /** The vendor's offer that asking everybody would choose: its best one that sells the quantity. */
    preferred: Type.Boolean(),
  },
  { title: 'LineOffer' },
);
export type LineOffer = Static<typeof LineOffer>;

export const SolutionLine = Type.Object(
  {
    id: Id,
    position: Type.Integer(),
    product: Type.Object({
      id: ProductSummary.properties.id,
      slug: Type.String(),
      code: Type.String(),
      name: Type.String(),
      kind: ProductSummary.properties.kind,
      image: ProductSummary.properties.image,
      category: ProductSummary.properties.category,
    }),
    quantity: Type.Integer(),
    options: Type.Record(Type.String(), Type.String()),
    note: Type.String(),
    offers: Type.Array(LineOffer),
    /** The lowest and highest line total per currency among the vendors asked, without those "on request". */
    totals: Type.Array(Type.Object({ low: Money, high: Money })),
    /**
     * Where they are in several currencies: the lowest, in that of the solution's `listTotal`. Only answers with the whole
     * solution have it.
     */
    about: Type.Optional(About),
  },
  { title: 'SolutionLine' },
);
export type SolutionLine = Static<typeof SolutionLine>;

/** One vendor's part of the solution, the only part it will see. */
export const SplitPart = Type.Object(
  {
    vendor: VendorRef,
    /** Those on the page of lines. */
    lines: Type.Array(Type.Object({ lineId: Id, offerId: Id, total: MoneyOrNull })),
    linesTotal: Type.Integer(),
    subtotals: Type.Array(Money),
    onRequest: Type.Integer(),
  },
  { title: 'SplitPart' },
);
export type SplitPart = Static<typeof SplitPart>;

/** The page of lines in the answer. */
export const PageOfLines = Type.Object({
  ...CurrencyQuery.properties,
  page: Type.Integer({ minimum: 1, maximum: maxLines, default: 1 }),
  perPage: Type.Integer({ minimum: 1, maximum: 100, default: 100 }),
});
export type PageOfLines = Static<typeof PageOfLines>;
export const firstPage: PageOfLines = { page: 1, perPage: 100 };

/** `lines`, the split's `lines` and `problems` are of one page; everything else is of all lines. */
export const Solution = Type.Object(
  {
    id: Id,
    name: Type.String(),
    current: Type.Boolean(),
    sentAt: InstantOrNull,
    updatedAt: Instant,
    lines: Type.Array(SolutionLine),
    linesTotal: Type.Integer(),
    /** Lines that ask more than one vendor. */
    comparedTotal: Type.Integer(),
    split: Type.Array(SplitPart),
    /** Sums per currency at the lowest and at the highest list prices asked. */
    totals: Type.Array(Type.Object({ low: Money, high: Money })),
    listTotal: ListTotal,
    /** Refusal codes that lines of the page would get on sending. */
    problems: Type.Array(Type.Object({ lineId: Id, code: Type.String() })),
    /** The number of lines that prevent sending. */
    blockedTotal: Type.Integer(),
    /** Removed lines that can still be restored. */
    removed: Type.Array(Type.Object({ lineId: Id, name: Type.String(), removedAt: Instant })),
  },
  { title: 'Solution' },
);
export type Solution = Static<typeof Solution>;

/** What every page shows of the current solution. `inSolution`: lines of the products in the query. */
export const SolutionSummary = Type.Object({
  id: Type.Union([Id, Type.Null()]),
  name: Type.String(),
  lines: Type.Integer(),
  inSolution: Type.Array(
    Type.Object({ lineId: Id, productId: Id, position: Type.Integer(), quantity: Type.Integer() }),
  ),
});
export type SolutionSummary = Static<typeof SolutionSummary>;

export const SolutionList = Listing(
  Type.Object({
    id: Id,
    name: Type.String(),
    current: Type.Boolean(),
    lines: Type.Integer(),
    sentAt: InstantOrNull,
    updatedAt: Instant,
    requestId: Type.Union([Id, Type.Null()]),
    /** The read-only link; null: not shared. */
    shareUrl: Type.Union([Type.String(), Type.Null()]),
  }),
);
export type SolutionList = Static<typeof SolutionList>;

const noteField = Type.String({ maxLength: 2_000 });
const nameField = Type.String({ maxLength: 200 });
const optionsField = Type.Unsafe<Record<string, string>>({
  type: 'object',
  maxProperties: 50,
  propertyNames: { maxLength: 100 },
  additionalProperties: { type: 'string', maxLength: 200 },
});
const offerIdsField = Type.Array(Id, { minItems: 1, maxItems: 50 });

export const SummaryQuery = Type.Object({
  /** Up to 100 product ids, joined by commas, whose lines to return. */
  products: Type.Optional(Type.String({ maxLength: 2_000 })),
});

export const NewSolution = Type.Object({ name: Type.Optional(nameField) });
export type NewSolution = Static<typeof NewSolution>;
export const SolutionChange = Type.Object({
  name: Type.Optional(nameField),
  /** Makes it the solution that lines are added to. Refused for a sent one. */
  current: Type.Optional(Type.Literal(true)),
  /** `all`: each line also asks everybody who sells its quantity. */
  ask: Type.Optional(Type.Literal('all')),
});
export type SolutionChange = Static<typeof SolutionChange>;

export const NewLine = Type.Object({
  productId: Id,
  quantity: Quantity,
  offerIds: Type.Optional(offerIdsField),
  options: Type.Optional(optionsField),
  note: Type.Optional(noteField),
});
export type NewLine = Static<typeof NewLine>;

export const LineChange = Type.Object({
  quantity: Type.Optional(Quantity),
  offerIds: Type.Optional(offerIdsField),
  options: Type.Optional(optionsField),
  note: Type.Optional(noteField),
  /** The new position, from 1. */
  position: Type.Optional(Type.Integer({ minimum: 1, maximum: maxLines })),
});
export type LineChange = Static<typeof LineChange>;

export const LinesByCode = Type.Object({
  text: Type.Optional(Type.String({ maxLength: 500_000 })),
  rows: Type.Optional(
    Type.Array(
      Type.Object({
        code: Type.String({ maxLength: 500 }),
        quantity: Type.Optional(Type.Unknown()),
        /** Resolves an ambiguous code. */
        productId: Type.Optional(Id),
      }),
      { maxItems: maxRowsByCode },
    ),
  ),
  /** Whom to ask where a row doesn't say: the best partner, or everybody who has it. */
  ask: Type.Optional(StringEnum(['one', 'all'])),
  /** Only matches, adds nothing. */
  dryRun: Type.Optional(Type.Boolean()),
});
export type LinesByCode = Static<typeof LinesByCode>;

export const ListOffer = Type.Object({
  id: Id,
  sku: Type.String(),
  vendor: Type.Object({ id: Id, name: Type.String() }),
});

/** The line that rows become when it has other amounts, too: of a line that is there already, or of several rows. */
export const JoinedLine = Type.Object(
  {
    /** Of the line that is there already; null: the rows become a new line. */
    position: Type.Union([Type.Integer(), Type.Null()]),
    /** Its quantity before, what the rows add, and the quantity afterwards. */
    before: Type.Integer(),
    added: Type.Integer(),
    quantity: Type.Integer(),
    /** The number of rows. */
    rows: Type.Integer(),
  },
  { title: 'JoinedLine' },
);
export type JoinedLine = Static<typeof JoinedLine>;

/** The result of one row. `matched`: would be added without `dryRun`. `header`: names columns. `skipped`: orders nothing. */
export const CodeRow = Type.Object(
  {
    /** The number of the text's line or of the given row, from 1. */
    row: Type.Integer(),
    input: Type.String(),
    code: Type.String(),
    quantity: Type.Union([Type.Integer(), Type.Null()]),
    /** The quantity as typed; empty if there was none. */
    quantityText: Type.String(),
    status: StringEnum(['added', 'matched', 'ambiguous', 'not_found', 'refused', 'header', 'skipped']),
    /** Why it was refused (`quantity_not_sellable`, `quantity_not_a_number`, ...). */
    reason: Type.Optional(Type.String()),
    lineId: Type.Optional(Id),
    product: Type.Optional(
      Type.Object({ id: Id, slug: Type.String(), code: Type.String(), name: Type.String() }),
    ),
    /** The offers by which vendors are asked. */
    offers: Type.Optional(Type.Array(ListOffer)),
    joins: Type.Optional(JoinedLine),
    /** Up to 10 products with an ambiguous code, or with codes similar to one not found. */
    candidates: Type.Optional(
      Type.Array(
        Type.Object({
          id: Id,
          slug: Type.String(),
          code: Type.String(),
          name: Type.String(),
          vendors: Type.Array(Type.String()),
        }),
      ),
    ),
    /** With `quantity_not_sellable`: the terms that satisfy all vendors that would be asked. */
    minimum: Type.Optional(Type.Integer()),
    packSize: Type.Optional(Type.Integer()),
  },
  { title: 'CodeRow' },
);
export type CodeRow = Static<typeof CodeRow>;

export const CodeRows = Type.Object({
  rows: Type.Array(CodeRow),
  counts: Type.Object({
    /** With `dryRun`: would be added. */
    added: Type.Integer(),
    ambiguous: Type.Integer(),
    notFound: Type.Integer(),
    refused: Type.Integer(),
  }),
});
export type CodeRows = Static<typeof CodeRows>;
