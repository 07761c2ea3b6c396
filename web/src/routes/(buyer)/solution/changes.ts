import type { LineChange } from '#lib/api/types.ts';
import type { Problem } from '#lib/api/schema.d.ts';
import { wrongField } from '#lib/api/problem.ts';
import { readQuantity } from '#lib/solution/quantities.ts';

/**
 * Returns the changes of a line's form. Only fields that were changed on this page are sent, so that another tab's
 * changes of other fields stay: a field with a `was-` twin is sent when they differ, any other always.
 */
export function changesOf(form: FormData): LineChange | Problem {
  const changed = (name: string) => form.has(name) && form.get(name) !== form.get(`was-${name}`);
  const change: LineChange = {};
  if (changed('quantity')) {
    const quantity = readQuantity(String(form.get('quantity')));
    if (quantity === null) return wrongField('quantity', 'quantity_not_a_number');
    change.quantity = quantity;
  }
  if (changed('note')) change.note = String(form.get('note'));
  // Without scripts, a button ticks everybody else.
  const others = form.has('askAll') ? form.getAll('everyOffer') : [];
  const offerIds = [...form.getAll('offer'), ...others].map(String);
  if (form.has('offers') && offerIds.join() !== form.get('was-offer')) {
    if (offerIds.length === 0) return wrongField('offerIds', 'no_vendor_to_ask');
    change.offerIds = offerIds;
  }
  return change;
}
