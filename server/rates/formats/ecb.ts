import { parseXml, type XmlElement, XmlElement as Element } from '@rgrove/parse-xml';
import { dayFrom, type PublishedDay, rateFrom, setRate, UnreadableRates } from './published.ts';

/**
 * Reads the ECB's `eurofxref-daily.xml`, `-hist-90d.xml` and `-hist.xml`: a Cube for each day with a Cube for each
 * currency. Throws UnreadableRates unless the document is whole.
 */
export function readEcb(text: string): PublishedDay[] {
  const root = rootOf(text);
  const source =
    descendants(root)
      .find(({ name }) => name === 'gesmes:name')
      ?.text.trim() || 'ECB';
  const days = descendants(root).filter(({ attributes }) => attributes['time'] !== undefined);
  return days.map((day) => {
    const date = dayFrom(day.attributes['time'] ?? '');
    const rates = new Map<string, string>();
    for (const { attributes } of descendants(day).filter(
      (each) => each.attributes['currency'] !== undefined,
    )) {
      const currency = attributes['currency'] ?? '';
      const where = `${source} ${date} ${currency}`;
      setRate(rates, currency, rateFrom(attributes['rate'] ?? '', where), where);
    }
    return { source: source === 'European Central Bank' ? 'ECB' : source, date, rates };
  });
}

function rootOf(text: string): XmlElement {
  try {
    const { root } = parseXml(text);
    if (root) return root;
  } catch (error) {
    throw new UnreadableRates(`the XML can't be read: ${error instanceof Error ? error.message : ''}`);
  }
  throw new UnreadableRates('the XML is empty');
}

function descendants(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) =>
    child instanceof Element ? [child, ...descendants(child)] : [],
  );
}
