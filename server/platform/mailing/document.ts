/** A mail's content, in order, from which text and HTML are made. Any text may be user input. */
export interface MailDocument {
  lang: string;
  subject: string;
  /** The preview text in mail lists. */
  preview: string;
  /** "For Elektro Sever". */
  addressee: string;
  heading: string;
  lead: string;
  /** The title block, three facts per row. */
  facts: Fact[];
  /** The only link, except those of a digest's sections; null: none. */
  action: { label: string; url: string; hint: string } | null;
  sections: Section[];
  footer: string[];
}

export interface Fact {
  label: string;
  value: string;
}

export type Section = LinesSection | WordsSection | ListSection | LinksSection;

/** A table of lines. `more`: the text for rows left out because the mail is too long. */
export interface LinesSection {
  kind: 'lines';
  title: string;
  head: { number: string; product: string; quantity: string; price: string };
  rows: LineRow[];
  sums: Fact[];
  more: (count: number) => string;
}

export interface LineRow {
  position: string;
  name: string;
  code: string;
  details: string[];
  quantity: string;
  price: string;
}

/** A text that somebody wrote. */
export interface WordsSection {
  kind: 'words';
  title: string;
  text: string;
}

export interface ListSection {
  kind: 'list';
  title: string;
  items: { title: string; text: string }[];
}

/** Items with a link each. */
export interface LinksSection {
  kind: 'links';
  title: string;
  items: { title: string; text: string; label: string; url: string }[];
}

/** Defuses URLs in user input ("https[:]//x"), so that no mail program or scanner makes links of them. */
export function withoutLinks(text: string): string {
  return text.replace(/(https?):\/\//gi, '$1[:]//').replace(/\b(www)\./gi, '$1[.]');
}

/** Returns a text as one line without control characters, safe for a header. */
export function oneLine(text: string): string {
  return withoutLinks(text)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}

/** Cuts a text to `length` characters and passes it to `mark`, which adds that it was cut. */
export function shortened(text: string, length: number, mark: (kept: string) => string): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : mark(characters.slice(0, length).join('').trimEnd());
}
