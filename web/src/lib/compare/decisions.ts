import { randomUUID } from 'node:crypto';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Acceptance } from '#lib/api/schema.d.ts';
import { failFrom } from '#lib/api/fail.server.ts';
import { ApiError, problemOf } from '#lib/api/problem.ts';
import { comparisonQuery, keptChoice, onlyOffer, wayOf } from './choice.ts';
import { copyLeftOver } from './copying.server.ts';
import { missingDetails, typedDetails } from './details.ts';
import type { Place, PlaceOf } from './places.ts';

/** Returns the request with its answers side by side. */
export async function loadRequest(
  { locals, params, url }: Pick<RequestEvent, 'locals' | 'params' | 'url'>,
  placeOf: PlaceOf,
) {
  const place = placeOf(locals.api, params);
  const query = { ...comparisonQuery(url.searchParams), withRequest: true };
  const { request, ...comparison } = await place.compare(query);
  if (!request) throw new Error('The comparison came without its request');
  // What a partner changed in an order is a decision also where it is the only offer.
  const isUndecided = request.kind === 'quote' && wayOf(url.searchParams) === 'none';
  const only = isUndecided ? onlyOffer(comparison) : null;
  return {
    ...{ request, now: new Date().toISOString(), copyKey: randomUUID() },
    comparison: only ? await place.compare({ pick: only.pick }) : comparison,
    /** The partner whose offer is chosen because it is the only one. */
    only: only && (comparison.vendors[only.column]?.vendor.name ?? null),
  };
}

type Decision = { place: Place; text: (name: string) => string; details: Record<string, string> };

/** The decisions of the page's forms, for either kind of URL. */
const decisions = {
  accept: ({ place, text, details }: Decision) => {
    const errors = missingDetails(details);
    if (errors.length > 0) throw new ApiError(problemOf(422, 'invalid_input', errors));
    const { company, 'delivery.place': to, 'delivery.country': country } = details;
    return place.accept({
      quotes: readAcceptance(text('acceptance')),
      ...(company && { company }),
      ...((to || country) && { delivery: { ...(to && { place: to }), ...(country && { country }) } }),
    });
  },
  decline: ({ place, text }: Decision) => place.decline({ quoteId: text('quoteId'), reason: text('reason') }),
  revision: ({ place, text }: Decision) =>
    place.askRevision({ enquiryId: text('enquiryId'), message: text('message') }),
  deadline: ({ place, text }: Decision) =>
    place.giveMoreTime({ enquiryId: text('enquiryId'), deadline: text('deadline') }),
  message: ({ place, text }: Decision) => place.postMessage(text('enquiryId'), text('text')),
  revoke: ({ place, text }: Decision) => place.revokeLink(text('enquiryId'), text('deliveryId')),
  renew: ({ place, text }: Decision) => place.renewLink(text('enquiryId'), text('deliveryId')),
} as const;

const saidAfter: Record<keyof typeof decisions, string> = {
  accept: 'accepted',
  decline: 'declined',
  revision: 'revision',
  deadline: 'deadline',
  message: 'message',
  revoke: 'revoked',
  renew: 'renewed',
};

/** Returns whether an approver has to decide about it first. */
const isWaiting = (outcome: unknown): boolean =>
  typeof outcome === 'object' && outcome !== null && 'approvalId' in outcome;

function readAcceptance(text: string): Acceptance['quotes'] {
  try {
    return JSON.parse(text) as Acceptance['quotes'];
  } catch {
    error(400, 'The form is incomplete');
  }
}

/** Returns a form action of the owner that ends the follow link, or sends a new one by mail. */
export const ownLinkAction = (method: 'delete' | 'post') => async (event: RequestEvent) => {
  const given = { params: { path: { id: event.params['id'] ?? '' } } };
  try {
    const { api } = event.locals;
    const path = '/api/requests/{id}/follow-link';
    await (method === 'delete' ? api.delete(path, given) : api.post(path, given));
  } catch (cause) {
    return failFrom(cause, { doing: 'ownLink', enquiryId: '', text: '' });
  }
  const said = method === 'delete' ? 'revokedOwn' : 'renewedOwn';
  redirect(303, `${event.url.pathname}?${keptChoice(event.url.searchParams)}said=${said}#own-link`);
};

/** Returns form actions that send a decision and redirect to the page, or return a refusal with the typed text. */
export function decisionActions(placeOf: PlaceOf) {
  const act = (name: keyof typeof decisions) => async (event: RequestEvent) => {
    const form = await event.request.formData();
    const enquiryId = String(form.get('enquiryId') ?? '');
    // The page has such a form for every partner, so the enquiry distinguishes their fields.
    const text = (field: string) =>
      String(form.get(`${field}-${enquiryId}`) ?? form.get(field) ?? '').replaceAll('\r\n', '\n');
    const details = typedDetails(form);
    let outcome: unknown;
    try {
      outcome = await decisions[name]({ place: placeOf(event.locals.api, event.params), text, details });
    } catch (cause) {
      const typed = text('text') || text('message') || text('reason');
      const quoteIds =
        name === 'accept' ? readAcceptance(text('acceptance')).map(({ quoteId }) => quoteId) : [];
      const values = { doing: name, enquiryId, text: typed, details, quoteIds };
      return failFrom(cause, values);
    }
    const said = `${event.url.pathname}?${keptChoice(event.url.searchParams)}said=${isWaiting(outcome) ? 'awaits' : saidAfter[name]}`;
    const id = encodeURIComponent(enquiryId);
    const place = name === 'message' ? `t-${id}` : `do-${id}`;
    redirect(303, id ? `${said}&about=${id}#${place}` : isWaiting(outcome) ? said : `${said}#ordered`);
  };
  return {
    accept: act('accept'),
    decline: act('decline'),
    revision: act('revision'),
    deadline: act('deadline'),
    message: act('message'),
    revoke: act('revoke'),
    renew: act('renew'),
    copy: async (event: RequestEvent) => {
      const path = event.url.pathname;
      const key = String((await event.request.formData()).get('key') ?? '');
      const { request, ...comparison } = await placeOf(event.locals.api, event.params).compare({
        withRequest: true,
      });
      if (!request) throw new Error('The comparison came without its request');
      const copied = await copyLeftOver(event.locals.api, request, comparison, key);
      if (copied.missing === 0) redirect(303, '/solution');
      redirect(303, `${path}?said=${copied.added > 0 ? 'copiedPart' : 'copiedNone'}`);
    },
  };
}
