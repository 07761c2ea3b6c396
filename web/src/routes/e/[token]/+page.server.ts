import { fail, redirect } from '@sveltejs/kit';
import type { Api } from '#lib/api/paths.ts';
import { ApiError, problemOf } from '#lib/api/problem.ts';
import type { EnquiryByLink, FieldError, Problem } from '#lib/api/schema.d.ts';
import { decimalMark } from '#lib/answer/amounts.ts';
import {
  besideAnswer,
  type Bulk,
  field,
  fillAll,
  initialValues,
  leftOver,
  type Values,
  valuesOf,
  withKnownCurrency,
} from '#lib/answer/values.ts';
import { settleCurrency } from '#lib/answer/currency.ts';
import { checkable, fieldOf, saysTheSame, toAnswer, toMoreTime } from '#lib/answer/reading.ts';
import { type Checked, checkedAnswer } from '#lib/answer/review.ts';
import { areasOf, loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n } from '#lib/i18n/i18n.ts';
import { locales, type Locale } from '#server/common/locales.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** What an action shows on the page: everything typed, and what became of the button that was pressed. */
type Shown = {
  values: Values;
  at?: 'answer' | 'message' | 'time' | 'links';
  problem?: Problem;
  savedAt?: string;
  said?: string;
  sent?: string;
  /** The answer to look at once more before it is sent. */
  checked?: Checked;
};
const shown = (what: Shown): Shown => what;

const readEnquiry = (api: Api, token: string) =>
  api.get('/api/enquiry-links/{token}', { params: { path: { token } } });

const markOf = (locale: Locale): string => decimalMark(locales[locale].tag);

export const load: PageServerLoad = async ({ params, locals }) => {
  const enquiry = await readEnquiry(locals.api, params.token);
  const values = initialValues(enquiry, markOf(locals.locale));
  return { enquiry, values, answeringFor: enquiry.vendor.name, now: new Date().toISOString() };
};

const wordsOf = async (locale: Locale, route: string) =>
  createI18n(locale, await loadDictionary(locale, areasOf(route)), 'UTC');

/** Shows the page with a refusal and everything typed; rethrows anything else. */
function refused(cause: unknown, at: NonNullable<Shown['at']>, values: Values) {
  if (!(cause instanceof ApiError)) throw cause;
  return fail(cause.status, shown({ values, at, problem: cause.problem }));
}

/**
 * Loads the page again, or, if something typed beside what was sent can't be kept as a draft, shows it with that.
 * `draft`: what is left to send; null if nothing.
 */
async function goOn(
  api: Api,
  token: string,
  draft: Values | null,
  result: Omit<Shown, 'values'>,
  to: string,
) {
  const params = { path: { token } };
  const isKept =
    draft === null ||
    (await api.put('/api/enquiry-links/{token}/draft', { params, body: draft }).then(
      () => true,
      () => false,
    ));
  if (draft && !isKept) return shown({ values: draft, ...result });
  redirect(303, to);
}

/** Returns what was typed, brought into the currency that was chosen. */
async function readForm({ params, request, locals }: RequestEvent) {
  const enquiry = await readEnquiry(locals.api, params.token);
  const typed = withKnownCurrency(valuesOf(await request.formData()), enquiry);
  return { enquiry, values: settleCurrency(typed, enquiry, markOf(locals.locale), 'keep') };
}

/** Refuses an answer with every wrong field at once, or returns it with what is unusual about it. */
async function check({ locals, params, route }: RequestEvent, enquiry: EnquiryByLink, values: Values) {
  const i18n = await wordsOf(locals.locale, route.id);
  const read = toAnswer(values, enquiry, (code) => i18n.find(`answer.reason.${code}`) ?? '');
  const { errors, warnings } = await locals.api.post('/api/enquiry-links/{token}/answer/check', {
    params: { path: params },
    body: checkable(read, enquiry.today),
  });
  const known = new Set(read.errors.map(({ path }) => path));
  const all = [...read.errors, ...errors.filter(({ path }) => !known.has(fieldOf(path)))];
  if (all.length > 0) throw invalid(all);
  return checkedAnswer(read.answer, enquiry, warnings, Number(values['version'] ?? 0));
}

export const actions: Actions = {
  /** Shows the answer once more, and sends it when that was confirmed. */
  answer: async (event) => {
    const { params, locals } = event;
    const { enquiry, values } = await readForm(event);
    try {
      const checked = await check(event, enquiry, values);
      const latest = enquiry.quotes.at(0);
      const isRepeat = checked.newer && latest !== undefined && saysTheSame(latest, checked.answer);
      if (!values['checked'] || (checked.newer && !isRepeat)) {
        const version = String(latest?.version ?? 0);
        return shown({ values: { ...values, version }, checked });
      }
      const body = { ...checked.answer, basedOn: latest?.version ?? 0 };
      const { version } = await locals.api.post('/api/enquiry-links/{token}/answer', {
        params: { path: params },
        body,
      });
      const sent = String(version);
      return await goOn(locals.api, params.token, besideAnswer(values), { sent }, `?sent=${sent}`);
    } catch (cause) {
      return refused(cause, 'answer', values);
    }
  },

  /** Goes back from the summary to the form. */
  edit: async (event) => shown({ values: (await readForm(event)).values }),

  /** Confirms the lines of an order that were to be offered as they are. */
  confirmUnchanged: async (event) => {
    const { enquiry, values } = await readForm(event);
    try {
      const { unchanged } = await check(event, enquiry, values);
      for (const index of unchanged) values[field(index, 'decision')] = 'confirm';
      return shown({ values, checked: await check(event, enquiry, values) });
    } catch (cause) {
      return refused(cause, 'answer', values);
    }
  },

  draft: async (event) => {
    const { params, locals } = event;
    const { values } = await readForm(event);
    try {
      const { savedAt } = await locals.api.put('/api/enquiry-links/{token}/draft', {
        params: { path: params },
        body: values,
      });
      return shown({ values, savedAt });
    } catch (cause) {
      return refused(cause, 'answer', values);
    }
  },

  /** Form action of the buttons above the lines, for browsers without scripts: fills the form and sends nothing. */
  fill: async (event) => {
    const { enquiry, values } = await readForm(event);
    const mark = markOf(event.locals.locale);
    return shown({ values: fillAll(values, enquiry, values['fill'] as Bulk, mark) });
  },

  message: async (event) => {
    const { params, locals } = event;
    const { enquiry, values } = await readForm(event);
    const { text = '' } = values;
    try {
      await locals.api.post('/api/enquiry-links/{token}/messages', {
        params: { path: params },
        body: { text },
      });
      const left = leftFor(enquiry, values, ['text'], locals.locale);
      return await goOn(locals.api, params.token, left, { said: 'message' }, '?said=message#thread');
    } catch (cause) {
      return refused(cause, 'message', values);
    }
  },

  revoke: (event) => changeLink(event, 'revoked'),
  renew: (event) => changeLink(event, 'renewed'),

  time: async (event) => {
    const { params, locals } = event;
    const { enquiry, values } = await readForm(event);
    try {
      const body = toMoreTime(values);
      await locals.api.post('/api/enquiry-links/{token}/more-time', { params: { path: params }, body });
      const left = leftFor(enquiry, values, ['until', 'why'], locals.locale);
      return await goOn(locals.api, params.token, left, { said: 'time' }, '?said=time#thread');
    } catch (cause) {
      return refused(cause, 'time', values);
    }
  },
};

/** Ends one person's link, or sends them a new one; what is typed stays as a draft. */
async function changeLink(event: RequestEvent, said: 'revoked' | 'renewed') {
  const { locals, params } = event;
  const { enquiry, values } = await readForm(event);
  const { deliveryId = '' } = values;
  const path = '/api/enquiry-links/{token}/links/{deliveryId}';
  const given = { params: { path: { token: params.token, deliveryId } } };
  try {
    await (said === 'revoked' ? locals.api.delete(path, given) : locals.api.post(path, given));
    const left = leftFor(enquiry, values, ['deliveryId'], locals.locale);
    return await goOn(locals.api, params.token, left, { said }, `?said=${said}#links`);
  } catch (cause) {
    return refused(cause, 'links', values);
  }
}

const invalid = (errors: FieldError[]) => new ApiError(problemOf(422, 'invalid_input', errors));

/** Returns what is typed and not sent after one of the small forms was; null if nothing is. */
function leftFor(enquiry: EnquiryByLink, values: Values, used: readonly string[], locale: Locale) {
  return leftOver(values, initialValues(enquiry, markOf(locale)), used);
}
