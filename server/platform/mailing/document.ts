/** A mail before it becomes text and HTML: what it says, in the order it says it. Every text may be a person's. */
export interface MailDocument {
  lang: string;
  subject: string;
  /** What lists of mails show beside the subject. */
  preview: string;
  /** "For Elektro Sever". */
  addressee: string;
  heading: string;
  lead: string;
  /** The title block: labels and values, three in a row. */
  facts: Fact[];
  /** The only link. */
  action: { label: string; url: string; hint: string };
  sections: Section[];
  footer: string[];
}

export interface Fact {
  label: string;
  value: string;
}

export type Section = LinesSection | WordsSection | ListSection;

/** A table of lines. Rows past what a mail can hold are counted by `more`. */
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

/** What somebody wrote. */
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

/**
 * Returns addresses that people type don't become links of ours: "https://x" is shown as "https[:]//x", which a
 * person still understands and no mail program or scanner follows.
 */
export function withoutLinks(text: string): string {
  return text.replace(/(https?):\/\//gi, '$1[:]//').replace(/\b(www)\./gi, '$1[.]');
}

/** One line for a subject or header: no line ends, no control characters. */
export function oneLine(text: string): string {
  return withoutLinks(text)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}

/** At most `length` characters, cut between characters; `mark` says that something is missing. */
export function shortened(text: string, length: number, mark: (kept: string) => string): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : mark(characters.slice(0, length).join('').trimEnd());
}
