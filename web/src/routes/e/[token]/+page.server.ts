import { redirect } from '@sveltejs/kit';
import type { Api } from '#lib/api/paths.ts';
import { problemOf } from '#lib/api/problem.ts';
import { failFrom } from '#lib/api/fail.server.ts';
import { decimalMark } from '#lib/answer/amounts.ts';
import { type Bulk, fillAll, toAnswer, toMoreTime, valuesOf } from '#lib/answer/values.ts';
import { areasOf, loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n } from '#lib/i18n/i18n.ts';
import type { Locale } from '#server/common/locales.ts';
import { fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const readEnquiry = (api: Api, token: string) =>
  api.get('/api/enquiry-links/{token}', { params: { path: { token } } });

export const load: PageServerLoad = async ({ params, locals }) => {
  const enquiry = await readEnquiry(locals.api, params.token);
  return { enquiry, answeringFor: enquiry.vendor.name, now: new Date().toISOString() };
};

const wordsOf = async (locale: Locale, route: string) =>
  createI18n(locale, await loadDictionary(locale, areasOf(route)), 'UTC');

export const actions: Actions = {
  answer: async ({ params, request, locals, route }) => {
    const values = valuesOf(await request.formData());
    const i18n = await wordsOf(locals.locale, route.id);
    const sent = await (async () => {
      const enquiry = await readEnquiry(locals.api, params.token);
      const reasonWords = (code: string) => i18n.find(`answer.reason.${code}`) ?? '';
      const { answer, errors } = toAnswer(values, enquiry, decimalMark(i18n.tag), reasonWords);
      if (errors.length > 0) return fail(422, { problem: problemOf(422, 'invalid_input', errors), values });
      return locals.api.post('/api/enquiry-links/{token}/answer', { params: { path: params }, body: answer });
    })().catch((cause: unknown) => failFrom(cause, values));
    if (!('version' in sent)) return sent;
    redirect(303, `?sent=${sent.version}`);
  },

  draft: async ({ params, request, locals }) => {
    const values = valuesOf(await request.formData());
    try {
      const { savedAt } = await locals.api.put('/api/enquiry-links/{token}/draft', {
        params: { path: params },
        body: values,
      });
      return { values, savedAt };
    } catch (cause) {
      return failFrom(cause, values);
    }
  },

  /** Form action of the buttons above the lines, for browsers without scripts: fills the form and sends nothing. */
  fill: async ({ params, request, locals, route }) => {
    const values = valuesOf(await request.formData());
    const i18n = await wordsOf(locals.locale, route.id);
    const enquiry = await readEnquiry(locals.api, params.token);
    return { values: fillAll(values, enquiry, values['fill'] as Bulk, decimalMark(i18n.tag)) };
  },

  message: async ({ params, request, locals }) => {
    const { text = '' } = valuesOf(await request.formData());
    try {
      await locals.api.post('/api/enquiry-links/{token}/messages', {
        params: { path: params },
        body: { text },
      });
    } catch (cause) {
      return failFrom(cause, { text });
    }
    redirect(303, '?said=message#thread');
  },

  time: async ({ params, request, locals }) => {
    const values = valuesOf(await request.formData());
    try {
      const body = toMoreTime(values);
      await locals.api.post('/api/enquiry-links/{token}/more-time', { params: { path: params }, body });
    } catch (cause) {
      return failFrom(cause, { until: values['until'] ?? '', why: values['why'] ?? '' });
    }
    redirect(303, '?said=time#thread');
  },
};
