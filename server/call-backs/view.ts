import { slugOf } from '#server/catalog/service.ts';
import { ratingOf } from '#server/vendors/service.ts';
import type { CallBack } from '#server/calls/schema.ts';
import type { SeenCallBack } from './queries.ts';

export function callBackView({ callBack, vendor, product, callId }: SeenCallBack): CallBack {
  const { id, kind, status, offerId, phone, wantedAt, note, createdAt } = callBack;
  return {
    ...{ id, kind, status, phone, note, callId },
    offerId: String(offerId),
    wantedAt: wantedAt.toISOString(),
    createdAt: createdAt.toISOString(),
    vendor: { id: String(vendor.id), name: vendor.name, slug: vendor.slug, rating: ratingOf(vendor) },
    product: {
      id: String(product.id),
      slug: slugOf(product.name),
      code: product.code,
      name: product.name,
    },
  };
}
