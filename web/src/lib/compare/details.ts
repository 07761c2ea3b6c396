import type { FieldError } from '#lib/api/schema.d.ts';

/** What an acceptance asks for as far as the request didn't say it, by the paths of the API's body. */
const details = ['company', 'delivery.place', 'delivery.country'] as const;

export const isDetail = (path: string): boolean => (details as readonly string[]).includes(path);

/** Returns the details that a form asks for, as typed. */
export const typedDetails = (form: FormData): Record<string, string> =>
  Object.fromEntries(details.filter((name) => form.has(name)).map((name) => [name, String(form.get(name))]));

/** Returns an error for each empty one. The API would take the acceptance without them, but partners couldn't deliver. */
export const missingDetails = (typed: Readonly<Record<string, string>>): FieldError[] =>
  Object.entries(typed)
    .filter(([, value]) => value.trim() === '')
    .map(([path]) => ({ path, code: 'required', message: 'is required' }));
