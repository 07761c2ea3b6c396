/** A part of a text, with its link if it is a URL. */
export type Part = { text: string; href?: string };

const address = /https?:\/\/[^\s"'<>()[\]{}]+?(?=[.,;:!?]*(?:[\s"'<>()[\]{}]|$))/g;

/** Splits a plain text into its URLs and the text between them. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: match[0], href: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}
