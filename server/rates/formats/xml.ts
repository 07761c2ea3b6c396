import { parseXml, type XmlElement, XmlElement as Element } from '@rgrove/parse-xml';
import { UnreadableRates } from './published.ts';

export type { XmlElement } from '@rgrove/parse-xml';

/** Returns the root of an XML document. Throws UnreadableRates unless the document is whole. */
export function rootOf(text: string): XmlElement {
  try {
    const { root } = parseXml(text);
    if (root) return root;
  } catch (error) {
    throw new UnreadableRates(`the XML can't be read: ${error instanceof Error ? error.message : ''}`);
  }
  throw new UnreadableRates('the XML is empty');
}

export function descendants(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) =>
    child instanceof Element ? [child, ...descendants(child)] : [],
  );
}

/** Returns the descendants of that name, whatever its prefix. */
export const named = (element: XmlElement, name: string): XmlElement[] =>
  descendants(element).filter((each) => localName(each) === name);

export const localName = ({ name }: XmlElement): string => name.slice(name.indexOf(':') + 1);
