import type { NewRequest } from '#lib/api/schema.d.ts';

/** The form's fields, named as in the service's body, as typed. */
export const fields = [
  'kind',
  'title',
  'contact.name',
  'contact.company',
  'contact.email',
  'contact.phone',
  'contact.taxId',
  'delivery.place',
  'delivery.country',
  'delivery.neededBy',
  'billing.other',
  'billing.place',
  'billing.country',
  'deadline',
  'message',
] as const;

/** Their labels. */
export const labelKeys = {
  title: 'review.titleField',
  'contact.name': 'review.name',
  'contact.company': 'review.company',
  'contact.email': 'review.email',
  'contact.phone': 'review.phone',
  'contact.taxId': 'review.taxId',
  'delivery.place': 'requests.place',
  'delivery.country': 'requests.country',
  'delivery.neededBy': 'review.neededBy',
  'billing.place': 'requests.billingPlace',
  'billing.country': 'requests.billingCountry',
  deadline: 'review.deadline',
  message: 'review.message',
} as const satisfies Partial<Record<(typeof fields)[number], string>>;

export type Values = Record<(typeof fields)[number], string>;

export function valuesOf(form: FormData): Values {
  const text = (name: string) => String(form.get(name) ?? '').replaceAll('\r\n', '\n');
  return Object.fromEntries(fields.map((name) => [name, text(name)])) as Values;
}

/** Leaves out empty fields; the day of the deadline ends in that time zone, the buyer's own. */
export function bodyOf(values: Values, solutionId: string, timeZone: string): NewRequest {
  const given = (name: keyof Values) => values[name].trim() || undefined;
  return {
    solutionId,
    kind: values.kind === 'order' ? 'order' : 'quote',
    title: given('title'),
    contact: {
      name: values['contact.name'].trim(),
      email: values['contact.email'].trim(),
      phone: given('contact.phone'),
      company: given('contact.company'),
      taxId: given('contact.taxId'),
    },
    delivery: {
      place: given('delivery.place'),
      country: given('delivery.country'),
      neededBy: given('delivery.neededBy'),
    },
    ...(values['billing.other'] && {
      billing: { place: given('billing.place'), country: given('billing.country') },
    }),
    message: given('message'),
    deadline: given('deadline'),
    timeZone,
  };
}

const neededToOrder = [
  ...(['contact.name', 'contact.email', 'contact.company'] as const),
  ...(['delivery.place', 'delivery.country'] as const),
];

/** Returns whether nothing that an order needs is empty, so that it is worth asking to confirm it. */
export const isReadyToOrder = (values: Values): boolean =>
  values.kind === 'order' && neededToOrder.every((name) => values[name].trim() !== '');
