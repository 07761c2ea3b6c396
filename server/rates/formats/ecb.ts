import { dayFrom, type PublishedDay, rateFrom, setRate } from './published.ts';
import { descendants, type XmlElement } from './xml.ts';

/**
 * Reads the ECB's `eurofxref-daily.xml`, `-hist-90d.xml` and `-hist.xml`: a Cube for each day with a Cube for each
 * currency. Throws UnreadableRates.
 */
export function readEcb(root: XmlElement): PublishedDay[] {
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
