import { decodeHTMLStrict } from 'entities';

/** Only tags that catalogues really carry: "<6V>" and "A<B,A=B,A>B" are part of a name. */
const blocks = /<\/?(?:br|p|div|li|ul|ol|table|tr|h[1-6])(?:\s[^<>]*)?\/?>/gi;
const inlines = /<\/?(?:b|strong|i|em|u|span|font|sup|sub|small|td|th)(?:\s[^<>]*)?\/?>/gi;
/** The two characters "\n" that some exports leave in; not those of "C:\new". */
const writtenBreaks = /(?<![:\\])(?:\\r)?\\n/g;
const controls = /(?![\t\n\r\u0085])\p{Cc}|[\u200b\ufeff]/gu;

/** Plain text on several lines: tags and written line breaks become line breaks, entities their characters. */
export function cleanText(text: string): string {
  return plain(text)
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map(squeeze)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Plain text on one line, such as a name or a tag. */
export function cleanLine(text: string): string {
  return squeeze(plain(text));
}

/** Returns a code without untypeable characters; spaces, slashes, quotes and angle brackets stay. */
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

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
