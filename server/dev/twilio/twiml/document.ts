import { parseXml, XmlElement, XmlError } from '@rgrove/parse-xml';

export type Read = { verbs: XmlElement[] } | { error: number };

const largestDocument = 64 * 1024;
const verbNames = ['Say', 'Play', 'Pause', 'Gather', 'Dial', 'Hangup', 'Redirect', 'Reject'];
const nouns: Record<string, string[]> = {
  Gather: ['Say', 'Play', 'Pause'],
  Dial: ['Number', 'Client'],
};

/** Returns the verbs of a TwiML document, or an error code. */
export function readDocument(body: string, contentType: string): Read {
  if (Buffer.byteLength(body) > largestDocument) return { error: 11750 };
  if (!/^\s*(?:text|application)\/(?:[\w.+-]*\+)?(?:xml|html)\b/i.test(contentType)) return { error: 12300 };
  try {
    const { root } = parseXml(body.trim());
    if (root?.name !== 'Response') return { error: 12100 };
    const verbs = elementsOf(root);
    return verbs.every(isKnown) ? { verbs } : { error: 12200 };
  } catch (error) {
    if (error instanceof XmlError) return { error: 12100 };
    throw error;
  }
}

function isKnown(verb: XmlElement): boolean {
  if (!verbNames.includes(verb.name)) return false;
  return elementsOf(verb).every((noun) => nouns[verb.name]?.includes(noun.name));
}

export const elementsOf = (element: XmlElement): XmlElement[] =>
  element.children.filter((child) => child instanceof XmlElement);

/** Returns a whole number clamped to the limits, or the default. */
export function numberOf(
  element: XmlElement,
  name: string,
  usual: number,
  least: number,
  most: number,
): number {
  const value = Number(element.attributes[name] ?? Number.NaN);
  return Number.isInteger(value) ? Math.min(Math.max(value, least), most) : usual;
}

export const isOn = (element: XmlElement, name: string, usual: boolean): boolean =>
  (element.attributes[name] ?? String(usual)).toLowerCase() === 'true';
