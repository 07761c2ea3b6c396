import { decodeHTMLStrict } from 'entities';

/** Only tags that occur in catalogues, because "<6V>" and "A<B,A=B,A>B" are parts of names. */
const blocks = /<\/?(?:br|p|div|li|ul|ol|table|tr|h[1-6])(?:\s[^<>]*)?\/?>/gi;
const inlines = /<\/?(?:b|strong|i|em|u|span|font|sup|sub|small|td|th)(?:\s[^<>]*)?\/?>/gi;
/** A literal "\n" left by some exports, but not that of "C:\new". */
const writtenBreaks = /(?<![:\\])(?:\\r)?\\n/g;
const controls = /(?![\t\n\r\u0085])\p{Cc}|[\u200b\ufeff]/gu;

/** Returns plain text: tags become line breaks or nothing, entities their characters. */
export function cleanText(text: string): string {
  return plain(text)
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map(collapseSpaces)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Returns plain text on one line, such as a name or a tag. */
export function cleanLine(text: string): string {
  return collapseSpaces(plain(text));
}

/** Removes control characters from a code. Spaces, slashes, quotes and angle brackets stay. */
export function cleanCode(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\t\n\r\u0085]/g, ' ')
    .replace(controls, '')
    .trim();
}

function plain(text: string): string {
  const withoutTags = text.includes('<') ? text.replace(blocks, '\n').replace(inlines, '') : text;
  const decoded = withoutTags.includes('&') ? decodeHTMLStrict(withoutTags) : withoutTags;
  return decoded.replace(writtenBreaks, '\n').toWellFormed().replace(controls, '');
}

function collapseSpaces(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
