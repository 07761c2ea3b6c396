import { rowId } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import { refuse } from '../refusals.ts';
import type { VendorQuality } from '../schema.ts';
import * as queries from './queries.ts';
import { complaintsPerHundred, type Counted, hoursOf, qualityDays, qualityOf } from './rules.ts';

const dayMs = 86_400_000;

export async function countQuality({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const now = clock.now();
  await queries.countSince(db, new Date(now.getTime() - qualityDays * dayMs), now);
}

const nothing: Counted = {
  ...{ asked: 0, answered: 0, medianAnswerSeconds: null },
  ...{ callsTaken: 0, callsMissed: 0, callComplaints: 0 },
};

/** Returns a vendor's figures. Refuses `not_found`. */
export async function qualityOfVendor({ db }: Pick<Context, 'db'>, id: string): Promise<VendorQuality> {
  const vendorId = rowId(id);
  const found = vendorId === null ? null : await queries.findQuality(db, vendorId);
  if (!found) throw refuse('not_found');
  const counted = found.counted ?? nothing;
  const { asked, answered, medianAnswerSeconds, callsTaken, callsMissed, callComplaints } = counted;
  return {
    ...{ score: qualityOf(counted), days: qualityDays },
    enquiries: { asked, answered, medianHours: hoursOf(medianAnswerSeconds) },
    calls: { taken: callsTaken, missed: callsMissed },
    complaints: { count: callComplaints, perHundredCalls: complaintsPerHundred(counted) },
  };
}
