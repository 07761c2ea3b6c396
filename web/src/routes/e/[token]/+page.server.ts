import { redirect } from '@sveltejs/kit';
import type { EnquiryByLink } from '#lib/api/schema.d.ts';
import { api, failFrom } from '#lib/api.ts';
import { decimalMark } from '#lib/answer/amounts.ts';
import { type Bulk, fillAll, toAnswer, type Values } from '#lib/answer/values.ts';
import { loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n } from '#lib/i18n/i18n.ts';
import type { Locale } from '#server/common/locales.ts';
import { fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const path = (token: string, action = '') =>
  `/api/enquiry-links/${encodeURIComponent(token)}${action && `/${action}`}`;

const look = (fetch: typeof globalThis.fetch, token: string) => api(fetch).get<EnquiryByLink>(path(token));

export const load: PageServerLoad = async ({ params, fetch }) => {
  const enquiry = await look(fetch, params.token);
  return { enquiry, answeringFor: enquiry.vendor.name, now: new Date().toISOString() };
};

/** All texts of a form. */
async function valuesOf(request: Request): Promise<Values> {
  const values: Values = {};
  for (const [name, value] of await request.formData()) {
    if (typeof value === 'string') values[name] = value.replaceAll('\r\n', '\n');
  }
  return values;
}

const wordsOf = async (locale: Locale) => createI18n(locale, await loadDictionary(locale, ['answer']), 'UTC');

export const actions: Actions = {
  answer: async ({ params, request, fetch, locals }) => {
    const values = await valuesOf(request);
    const i18n = await wordsOf(locals.locale);
    const sent = await (async () => {
      const enquiry = await look(fetch, params.token);
      const reasonWords = (code: string) => i18n.find(`answer.reason.${code}`) ?? '';
      const { answer, errors } = toAnswer(values, enquiry, decimalMark(i18n.tag), reasonWords);
      if (errors.length > 0) return fail(422, { problem: unreadable(errors), values });
      return api(fetch).post<{ version: number }>(path(params.token, 'answer'), answer);
    })().catch((cause: unknown) => failFrom(cause, values));
    if (!('version' in sent)) return sent;
    redirect(303, `?sent=${sent.version}`);
  },

  draft: async ({ params, request, fetch }) => {
    const values = await valuesOf(request);
    try {
      const { savedAt } = await api(fetch).put<{ savedAt: string }>(path(params.token, 'draft'), values);
      return { values, savedAt };
    } catch (cause) {
      return failFrom(cause, values);
    }
  },

  /** The buttons above the lines, for browsers without scripts: fills the form and sends nothing. */
  fill: async ({ params, request, fetch, locals }) => {
    const values = await valuesOf(request);
    const i18n = await wordsOf(locals.locale);
    const enquiry = await look(fetch, params.token);
    return { values: fillAll(values, enquiry, values['fill'] as Bulk, decimalMark(i18n.tag)) };
  },

  message: async ({ params, request, fetch }) => {
    const { text = '' } = await valuesOf(request);
    try {
      await api(fetch).post(path(params.token, 'messages'), { text });
    } catch (cause) {
      return failFrom(cause, { text });
    }
    redirect(303, '?said=message#thread');
  },

  time: async ({ params, request, fetch }) => {
    const { until = '', why = '' } = await valuesOf(request);
    try {
      const body = { ...(until ? { until } : {}), ...(why ? { text: why } : {}) };
      await api(fetch).post(path(params.token, 'more-time'), body);
    } catch (cause) {
      return failFrom(cause, { until, why });
    }
    redirect(303, '?said=time#thread');
  },
};

function unreadable(errors: { path: string; code: string; message: string }[]) {
  const code = 'invalid_input';
  return { type: 'about:blank', title: code, status: 422, code, detail: '', errors };
}
