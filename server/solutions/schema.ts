import { type Static, Type } from 'typebox';
import { Offer, ProductSummary } from '#server/catalog/schema.ts';
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
    /** Whether this vendor is to be asked. */
    asked: Type.Boolean(),
    /** The list price each at this quantity (breaks counted), and for the line. */
    unitPrice: MoneyOrNull,
    lineTotal: MoneyOrNull,
    /** Whether the quantity can be sold: at least the minimum, a multiple of the pack size. */
    sellable: Type.Boolean(),
    /** The lowest unit price among the line's offers of one currency. */
    lowest: Type.Boolean(),
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
    /** Lowest and highest line total among the vendors asked, per currency; vendors "on request" are not in it. */
    totals: Type.Array(Type.Object({ low: Money, high: Money })),
  },
  { title: 'SolutionLine' },
);
export type SolutionLine = Static<typeof SolutionLine>;

/** One vendor's share of the solution: what it alone will get to see. */
export const SplitPart = Type.Object(
  {
    vendor: VendorRef,
    /** Of the page of lines. */
    lines: Type.Array(Type.Object({ lineId: Id, offerId: Id, total: MoneyOrNull })),
    linesTotal: Type.Integer(),
    subtotals: Type.Array(Money),
    onRequest: Type.Integer(),
  },
  { title: 'SplitPart' },
);
export type SplitPart = Static<typeof SplitPart>;

/** Which lines a solution is answered with. */
export const PageOfLines = Type.Object({
  page: Type.Integer({ minimum: 1, maximum: maxLines, default: 1 }),
  perPage: Type.Integer({ minimum: 1, maximum: 100, default: 100 }),
});
export type PageOfLines = Static<typeof PageOfLines>;
export const firstPage: PageOfLines = { page: 1, perPage: 100 };

/** Only `lines`, the split's `lines` and `problems` are of one page; everything else is of all lines. */
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
    /** Per currency: every line at its lowest, and at its highest asked list price. */
    totals: Type.Array(Type.Object({ low: Money, high: Money })),
    /** What keeps lines of the page from being sent, with the refusal's code. */
    problems: Type.Array(Type.Object({ lineId: Id, code: Type.String() })),
    /** Lines that keep the solution from being sent. */
    blockedTotal: Type.Integer(),
    /** Lines removed a short while ago, which can still be brought back. */
    removed: Type.Array(Type.Object({ lineId: Id, name: Type.String(), removedAt: Instant })),
  },
  { title: 'Solution' },
);
export type Solution = Static<typeof Solution>;

/** What every page shows of the current solution; `inSolution` only of the products asked about. */
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
  /** Product ids, joined by commas, at most 100: which of them are in the solution, and in which lines. */
  products: Type.Optional(Type.String({ maxLength: 2_000 })),
});

export const NewSolution = Type.Object({ name: Type.Optional(nameField) });
export type NewSolution = Static<typeof NewSolution>;
export const SolutionChange = Type.Object({
  name: Type.Optional(nameField),
  /** Makes it the one that lines are added to from now on; one that was sent can't be. */
  current: Type.Optional(Type.Literal(true)),
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
  /** The place it is to have, counted from 1. */
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
        /** Settles an ambiguous code. */
        productId: Type.Optional(Id),
      }),
      { maxItems: maxRowsByCode },
    ),
  ),
  /** Match only, add nothing. */
  dryRun: Type.Optional(Type.Boolean()),
});
export type LinesByCode = Static<typeof LinesByCode>;

/**
 * What became of one row. Only `added` rows are in the solution (`matched`: they would be, without `dryRun`);
 * a `header` row names columns.
 */
export const CodeRow = Type.Object(
  {
    /** Counted from 1, in the pasted text's lines or the given rows. */
    row: Type.Integer(),
    input: Type.String(),
    code: Type.String(),
    quantity: Type.Union([Type.Integer(), Type.Null()]),
    /** What stood for the quantity; empty where nothing did. */
    quantityText: Type.String(),
    status: StringEnum(['added', 'matched', 'ambiguous', 'not_found', 'refused', 'header']),
    /** Why it was refused (`quantity_not_sellable`, `quantity_not_a_number`, ...). */
    reason: Type.Optional(Type.String()),
    lineId: Type.Optional(Id),
    product: Type.Optional(
      Type.Object({ id: Id, slug: Type.String(), code: Type.String(), name: Type.String() }),
    ),
    /** The products an ambiguous code may mean (at most 10), or near codes of one not found. */
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
    /** With `quantity_not_sellable`: what the vendors that would be asked sell, all of them together. */
    minimum: Type.Optional(Type.Integer()),
    packSize: Type.Optional(Type.Integer()),
  },
  { title: 'CodeRow' },
);
export type CodeRow = Static<typeof CodeRow>;

export const CodeRows = Type.Object({
  rows: Type.Array(CodeRow),
  counts: Type.Object({
    /** With `dryRun` those that would be added. */
    added: Type.Integer(),
    ambiguous: Type.Integer(),
    notFound: Type.Integer(),
    refused: Type.Integer(),
  }),
});
export type CodeRows = Static<typeof CodeRows>;
