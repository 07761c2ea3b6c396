import { redirect, type RequestEvent } from '@sveltejs/kit';
import { ApiError } from '#lib/api/problem.ts';
import { withoutAction } from '#lib/catalog/actionPath.ts';

/** Returns a form action of a product's page that puts it on the wish list or takes it off. Guests log in and come back. */
export const changeWish =
  (method: 'put' | 'delete') =>
  async ({ locals, params, url }: Pick<RequestEvent, 'locals' | 'params' | 'url'>) => {
    const path = { path: { productId: params['id'] ?? '' } };
    const query = withoutAction(url.search);
    query.delete('said');
    const back = () => `${url.pathname}${query.size > 0 ? `?${query}` : ''}`;
    try {
      if (method === 'put') await locals.api.put('/api/wishes/{productId}', { params: path });
      else await locals.api.delete('/api/wishes/{productId}', { params: path });
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      if (cause.status === 401) redirect(303, `/account/login?next=${encodeURIComponent(back())}`);
      if (cause.problem.code !== 'wish_list_full') throw cause;
      query.set('said', 'wish-full');
    }
    redirect(303, back());
  };
