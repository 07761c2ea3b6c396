import type { EnquiryByLink } from '#lib/api/schema.d.ts';
import { toAnswer } from '#lib/answer/reading.ts';

/** An enquiry behind a link: one line with a list price in euros, one on request. */

export const line = (
  id: string,
  more: Partial<EnquiryByLink['lines'][number]> = {},
): EnquiryByLink['lines'][number] => ({
  id,
  position: 1,
  product: { id, name: 'Sensor', code: id },
  sku: `SKU-${id}`,
  quantity: 10,
  unit: 'piece',
  options: {},
  note: '',
  listPrice: { amount: '12.50', currency: 'EUR' },
  minimum: 1,
  packSize: 1,
  leadTimeDays: 5,
  ...more,
});

export const enquiry = (more: Partial<EnquiryByLink> = {}): EnquiryByLink =>
  ({
    request: { kind: 'quote' },
    today: '2026-02-01',
    currency: 'EUR',
    minorDigits: { EUR: 2, RSD: 2 },
    lines: [line('a'), line('b', { listPrice: null, leadTimeDays: null })],
    exchangeRates: { date: '2026-01-30', rates: { RSD: '117.2', PLN: '4.25' } },
    quotes: [],
    ...more,
  }) as EnquiryByLink;

export const noWords = () => '';
export const wrongFields = (values: Record<string, string>, asked = enquiry()) =>
  toAnswer(values, asked, noWords).errors.map(({ path, code }) => `${path} ${code}`);
