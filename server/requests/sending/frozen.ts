import type { ListTotal } from '#server/rates/schema.ts';
import type * as solutions from '#server/solutions/service.ts';
import { linksExpireAt } from '../enquiries/rules.ts';
import type { CheckedRequest } from './input.ts';
import type { FrozenRequest } from './queries.ts';
import { listPrice, type VendorPart } from './specification.ts';

interface RequestToFreeze {
  checked: CheckedRequest;
  buyerId: string;
  companyId: string | null;
  locale: string;
  solution: solutions.SolutionWithLines['solution'];
  lines: readonly solutions.StoredLine[];
  parts: readonly VendorPart[];
  listTotal: ListTotal;
  now: Date;
}

/** Returns the rows of a request sent `now`. Line positions are 1, 2, 3, ... */
export function frozenRequest({
  checked,
  buyerId,
  companyId,
  locale,
  solution,
  lines,
  parts,
  listTotal,
  now,
}: RequestToFreeze): FrozenRequest {
  const { contact, kind, delivery, billing, message, deadline, timeZone } = checked;
  const positions = new Map(lines.map((line, index) => [line.id, index + 1]));
  return {
    request: {
      ...{ buyerId, companyId, locale, kind, delivery, billing, message, deadline, timeZone },
      solutionId: solution.id,
      title: checked.title ?? solution.name,
      contactName: contact.name,
      contactEmail: contact.email,
      contactPhone: contact.phone,
      contactCompany: contact.company,
      contactTaxId: contact.taxId,
      listTotal,
      createdAt: now,
    },
    lines: lines.map((line, index) => ({
      position: index + 1,
      productId: line.product.id,
      productCode: line.product.code,
      productName: line.product.name,
      productKind: line.product.kind,
      categoryPath: line.product.category.path,
      image: line.product.image,
      quantity: line.quantity,
      options: line.options,
      note: line.note,
    })),
    enquiries: parts.map(({ vendor }) => ({
      vendorId: vendor.id,
      vendorName: vendor.name,
      vendorTimeZone: vendor.timeZone,
      deadline,
      linksExpireAt: linksExpireAt(deadline, now, vendor.timeZone),
      statusAt: now,
    })),
    asked: parts.flatMap((part) =>
      part.lines.map((asked) => ({
        position: positions.get(asked.line.id)!,
        vendorId: part.vendor.id,
        offerId: asked.offer.id,
        sku: asked.offer.sku,
        unit: asked.offer.unit,
        listPrice: listPrice(asked),
        currency: asked.offer.currency,
        minimum: asked.offer.minimum,
        packSize: asked.offer.packSize,
        leadTimeDays: asked.offer.leadTimeDays,
      })),
    ),
  };
}
