import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Acceptance, Comparison, Request } from '#lib/api/schema.d.ts';
import { api, failFrom } from '#lib/api.ts';
import { comparisonQuery } from './choice.ts';
import { lastMinute } from '#server/common/zones.ts';

/** Where the service keeps one request: under its id, or under its follow link. */
export interface Place {
  path: string;
  /** Path and body of a message to one partner. */
  message: (enquiryId: string, text: string) => [path: string, body: object];
}

/** The request with its answers side by side. */
export async function loadRequest({ fetch, url }: Pick<RequestEvent, 'fetch' | 'url'>, { path }: Place) {
  const query = { ...comparisonQuery(url.searchParams), withRequest: true };
  const { request, ...comparison } = await api(fetch).get<Comparison & { request: Request }>(
    `${path}/comparison`,
    { query },
  );
  return { request, comparison, now: new Date().toISOString() };
}

type Doing = {
  service: ReturnType<typeof api>;
  place: Place;
  text: (name: string) => string;
  timeZone: string;
};

/** What the forms of the page do, for either kind of address. */
const doings = {
  accept: ({ service, place, text }: Doing) => {
    const acceptance: Acceptance['quotes'] = readAcceptance(text('acceptance'));
    return service.post(`${place.path}/acceptance`, { quotes: acceptance });
  },
  decline: ({ service, place, text }: Doing) =>
    service.post(`${place.path}/decline`, { quoteId: text('quoteId'), reason: text('reason') }),
  revision: ({ service, place, text }: Doing) =>
    service.post(`${place.path}/revision`, { enquiryId: text('enquiryId'), message: text('message') }),
  deadline: ({ service, place, text, timeZone }: Doing) => {
    const deadline = lastMinute(text('deadline'), timeZone) ?? '';
    return service.post(`${place.path}/deadline`, { enquiryId: text('enquiryId'), deadline });
  },
  message: ({ service, place, text }: Doing) => {
    const [path, body] = place.message(text('enquiryId'), text('text'));
    return service.post(path, body);
  },
} as const;

const saidAfter: Record<keyof typeof doings, string> = {
  accept: 'accepted',
  decline: 'declined',
  revision: 'revision',
  deadline: 'deadline',
  message: 'message',
};

function readAcceptance(text: string): Acceptance['quotes'] {
  try {
    return JSON.parse(text) as Acceptance['quotes'];
  } catch {
    error(400, 'The form is incomplete');
  }
}

/** Form actions that do it and come back to the page, or give back what was typed with the refusal. */
export function decisionActions(placeOf: (params: { id?: string; token?: string }) => Place) {
  const act = (name: keyof typeof doings) => async (event: RequestEvent) => {
    const form = await event.request.formData();
    const enquiryId = String(form.get('enquiryId') ?? '');
    // The page has such a form for every partner, so their fields are told apart by the enquiry.
    const text = (field: string) =>
      String(form.get(`${field}-${enquiryId}`) ?? form.get(field) ?? '').replaceAll('\r\n', '\n');
    try {
      const { timeZone } = event.locals;
      await doings[name]({ service: api(event.fetch), place: placeOf(event.params), text, timeZone });
    } catch (cause) {
      const values = { doing: name, enquiryId, text: text('text') || text('message') || text('reason') };
      return failFrom(cause, values);
    }
    const about = enquiryId ? `&about=${enquiryId}#e-${enquiryId}` : '';
    redirect(303, `${event.url.pathname}?said=${saidAfter[name]}${about}`);
  };
  return {
    accept: act('accept'),
    decline: act('decline'),
    revision: act('revision'),
    deadline: act('deadline'),
    message: act('message'),
  };
}
