/** A stretch of a text, and where it leads if it is a web address. */
export type Part = { text: string; href?: string };

const address = /https?:\/\/[^\s"'<>()[\]{}]+?(?=[.,;:!?]*(?:[\s"'<>()[\]{}]|$))/g;

/** Returns a plain text in order, its web addresses apart. */
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
