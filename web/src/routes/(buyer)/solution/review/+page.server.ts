import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { dayIn } from '#server/common/zones.ts';
import type { Specification, WaitingForApproval } from '#lib/api/schema.d.ts';
import type { SentRequest } from '#lib/api/types.ts';
import type { Api } from '#lib/api/paths.ts';
import { ApiError } from '#lib/api/problem.ts';
import { failFrom } from '#lib/api/fail.server.ts';
import { mayOwnSomething } from '#lib/server/visit.ts';
import { bodyOf, isReadyToOrder, valuesOf, type Values } from './sending.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, locals, parent, url }) => {
  const { solution, me } = await parent();
  const [specification, addresses] = await Promise.all([
    solution?.id && mayOwnSomething(cookies) ? findSpecification(locals.api, solution.id) : null,
    me?.role === 'buyer' ? locals.api.get('/api/account/addresses').then(({ items }) => items) : [],
  ]);
  const asked = url.searchParams.get('address');
  // The first is the default.
  const address = addresses.find(({ id }) => id === asked) ?? addresses[0];
  return {
    specification,
    name: solution?.name ?? '',
    known: {
      ...(specification && filledIn(specification)),
      ...(me?.role === 'buyer' && {
        'contact.name': me.name,
        'contact.email': me.email,
        ...(me.company !== null && { 'contact.company': me.company }),
      }),
      ...(address && { 'delivery.place': address.place, 'delivery.country': address.country }),
    },
    addresses: addresses.map(({ id, name }) => ({ id, name, isChosen: id === address?.id })),
    // One page view sends one request, even if its button is pressed several times.
    key: randomUUID(),
    today: dayIn(locals.timeZone, new Date()),
  };
};

async function findSpecification(api: Api, id: string): Promise<Specification | null> {
  try {
    return await api.get('/api/solutions/{id}/specification', { params: { path: { id } } });
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 404) return null;
    throw cause;
  }
}

/** Returns who sent this buyer's last request and where it went, as fields of the form. */
function filledIn({ last }: Pick<Specification, 'last'>): Partial<Values> {
  if (!last) return {};
  const { contact, orderDetails } = last;
  const { delivery, billing } = orderDetails;
  return {
    'contact.name': contact.name,
    'contact.email': contact.email,
    'contact.phone': contact.phone ?? '',
    'contact.company': orderDetails.company ?? '',
    'contact.taxId': contact.taxId ?? '',
    'delivery.place': delivery.place ?? '',
    'delivery.country': delivery.country ?? '',
    'billing.other': billing ? 'on' : '',
    'billing.place': billing?.place ?? '',
    'billing.country': billing?.country ?? '',
  };
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData();
    const text = (name: string) => String(form.get(name) ?? '');
    const values = valuesOf(form);
    const kept = { ...values, key: text('key'), specification: text('specification') };
    const body = { ...bodyOf(values, text('solution'), locals.timeZone), specification: kept.specification };
    let sent: SentRequest | WaitingForApproval;
    try {
      // Without scripts there is no dialog: the page asks once more before it orders, if it would order at all.
      if (text('confirmed') !== '1' && isReadyToOrder(values)) {
        await locals.api.post('/api/requests/check', { body });
        return { asks: true, values: kept };
      }
      const header = { 'idempotency-key': kept.key };
      sent = await locals.api.post('/api/requests', { params: { header }, body });
    } catch (cause) {
      return failFrom(cause, kept);
    }
    redirect(303, 'approvalId' in sent ? `/account/approvals/${sent.approvalId}` : `/requests/${sent.id}`);
  },
};
