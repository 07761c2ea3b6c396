export type Attributes = Record<string, string | number>;

/** A product or service, without vendors. */
export interface Item {
  code: string;
  name: string;
  attrs: Attributes;
  tags: string[];
  description: string;
  /** The usual net price of one unit in euro, from which vendors' prices differ a little. */
  euro: number;
  /** Units per pack, if it is sold in packs. */
  packSize?: number;
  /** The code of the standard part that it is, described by another family in neutral words. */
  standard?: string;
  /** Overrides the family's unit. */
  unit?: string;
}

/** Similar products of one subcategory. */
export interface Family {
  /** The prefix of the product keys. */
  key: string;
  /** Path of a level 4 category. */
  category: string;
  kind: 'product' | 'service';
  unit: string;
  items: Item[];
  /** The number of items, chosen at random, in the catalogue. */
  count: number;
  vendors: string[];
  /** The part of the items, 0 to 1, that two or more vendors offer. */
  shared: number;
  /** The probability that a price is on request. */
  onRequest?: number;
  /** The probability that an item is made to order, without stock. */
  madeToOrder?: number;
}

/** Returns all combinations of the axes' values, the last axis changing fastest. */
export function combine<Axes extends Record<string, readonly unknown[]>>(
  axes: Axes,
): { [Axis in keyof Axes]: Axes[Axis][number] }[] {
  return Object.entries(axes).reduce<Record<string, unknown>[]>(
    (rows, [axis, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [axis]: value }))),
    [{}],
  ) as { [Axis in keyof Axes]: Axes[Axis][number] }[];
}
