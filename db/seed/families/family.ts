export type Attributes = Record<string, string | number>;

/** One thing that can be bought, before any vendor offers it. */
export interface Item {
  code: string;
  name: string;
  attrs: Attributes;
  tags: string[];
  description: string;
  /** A usual net price in euro for one unit; vendors' prices lie around it. */
  euro: number;
  /** Sold in whole packs of so many units. */
  packSize?: number;
  /** Instead of the family's. */
  unit?: string;
}

/** Products of one subcategory that are built and priced alike. */
export interface Family {
  /** Begins the product keys. */
  key: string;
  /** Path of a level 4 category. */
  category: string;
  kind: 'product' | 'service';
  unit: string;
  items: Item[];
  /** How many of the items go into the catalogue, spread over the whole list. */
  count: number;
  vendors: string[];
  /** The part of the items, 0 to 1, that two or more vendors offer. */
  shared: number;
  /** Chance that a price is on request. */
  onRequest?: number;
  /** Chance that stock is unknown because the thing is made to order. */
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
