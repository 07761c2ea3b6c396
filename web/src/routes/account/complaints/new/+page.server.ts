import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import type { FiledComplaint } from '#lib/api/types.ts';
import { failFrom } from '#lib/api/fail.server.ts';
import { uploadFiles } from '#lib/complaints/uploading.server.ts';
import { refused, toLogin } from '#lib/credits/login.server.ts';
import { categoriesOf, complaintSubjects, wishesOf } from '#server/common/enums/complaints.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the address says it is about: `?call=`, `?order=`, `?enquiry=` or `?product=`. */
function subjectIn({ searchParams }: URL) {
  const type = complaintSubjects.find((each) => searchParams.get(each));
  return type && { type, id: searchParams.get(type) ?? '' };
}

export const load: PageServerLoad = async ({ locals, url }) => {
  const subject = subjectIn(url);
  if (!subject) error(404);
  try {
    const prefill = await locals.api.get('/api/complaint-subjects', { params: { query: subject } });
    // One page view files one complaint, even if its button is pressed several times.
    return { prefill, key: randomUUID() };
  } catch (cause) {
    return toLogin(cause, url);
  }
};

export const actions: Actions = {
  default: async ({ request, locals, url }) => {
    const subject = subjectIn(url);
    if (!subject) error(404);
    const form = await request.formData();
    const field = (name: string) => String(form.get(name) ?? '').trim();
    const { kept, refused: wrongFile } = await uploadFiles(locals.api, form);
    const values = {
      ...{ category: field('category'), wish: field('wish'), text: field('text') },
      ...{ vendorId: field('vendorId'), key: field('key'), kept },
    };
    if (wrongFile) return failFrom(wrongFile, values);
    const { text, vendorId, key } = values;
    let filed: FiledComplaint;
    try {
      filed = await locals.api.post('/api/complaints', {
        params: { header: { 'idempotency-key': key } },
        body: {
          ...{ subject, text, uploads: kept.map(({ id }) => id) },
          category: categoriesOf[subject.type].find((each) => each === values.category) ?? 'other',
          wish: wishesOf[subject.type].find((each) => each === values.wish) ?? 'answer',
          ...(vendorId && { vendorId }),
        },
      });
    } catch (cause) {
      return refused(cause, url.pathname + url.search, values);
    }
    redirect(303, `/account/complaints/${filed.id}?done=filed`);
  },
};
