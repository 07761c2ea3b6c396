/** A fact of a paper, or a sum below its table. */
export interface Fact {
  label: string;
  value: string;
}

/** What a paper of one table says, in its reader's language. `paper.typ` lays it out. */
export interface Paper {
  /** BCP 47. */
  lang: string;
  title: string;
  /** Such as its number and day; the first one is printed large. */
  facts: readonly Fact[];
  /** Who it is from and for. Empty lines are left out. */
  parties: readonly { label: string; lines: readonly string[] }[];
  /** `isShort`: as wide as its texts; others share what is left. */
  columns: readonly { label: string; isShort?: boolean; isNumber?: boolean }[];
  rows: readonly (readonly string[])[];
  /** Printed instead of the table that would have no rows. */
  noRows?: string;
  sums: readonly (Fact & { isTotal?: boolean })[];
  notes: readonly string[];
  /** A QR code with what it is for. */
  code?: { svg: string; text: string };
  /** Of every page. */
  foot: string;
  /** "Page {page} of {count}". */
  pages: string;
}
