import type { NewRequest } from '#lib/api/schema.d.ts';

/** The form's fields, named as in the service's body, as typed. */
export const fields = [
  'kind',
  'contact.name',
  'contact.company',
  'contact.email',
  'contact.phone',
  'contact.taxId',
  'delivery.place',
  'delivery.country',
  'delivery.neededBy',
  'deadline',
  'message',
] as const;

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
    message: given('message'),
    deadline: given('deadline'),
    timeZone,
  };
}
