import type { Db } from '#db/client.ts';
import * as calls from '#server/calls/service.ts';
import type { Context } from '#server/context.ts';
import type { Viewer } from '#server/platform/auth/seeing.ts';
import { refuse } from '#server/platform/errors.ts';
import type { ListTotal } from '#server/rates/schema.ts';
import * as rates from '#server/rates/service.ts';
import * as solutions from '#server/solutions/service.ts';
import * as vendors from '#server/vendors/service.ts';
import { orderDetailsOf } from '../orders/details.ts';
import { findNewest } from '../queries.ts';
import { contact } from '../view.ts';
import type { Specification } from './schema.ts';
import { type VendorPart, partsOf, specification } from './specification.ts';
import { versionOf } from './version.ts';

/** Returns each vendor's part of the lines, with its recipients. */
export async function loadParts(
  db: Db,
  buyerId: string,
  lines: readonly solutions.StoredLine[],
): Promise<VendorPart[]> {
  const asked = lines.flatMap((line) => solutions.askedOffers(line));
  const unique = (ids: number[]) => [...new Set(ids)];
  const [responsible, spokenWith] = await Promise.all([
    vendors.responsibleAgents(db, unique(asked.map((offer) => offer.id))),
    calls.spokenWith(db, buyerId, unique(asked.map((offer) => offer.vendor.id))),
  ]);
  return partsOf(lines, responsible, spokenWith);
}

/** Returns the specification as it would be sent. Refuses `not_found` unless the solution is this buyer's. */
export async function readSpecification(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  viewer: Viewer,
  solutionId: string,
  { kind, currency }: { kind: 'quote' | 'order'; currency?: string | undefined },
): Promise<Specification> {
  const solution = await solutions.findWithLines(db, viewer.buyerId, solutionId);
  if (!solution) throw refuse('not_found');
  const today = clock.now().toISOString().slice(0, 10);
  const [parts, known, newest] = await Promise.all([
    loadParts(db, viewer.buyerId, solution.lines),
    rates.keptRatesOn({ db, clock }, today),
    findNewest(db, viewer),
  ]);
  const totals = solutions.askedTotals(solution.lines);
  const scale = { currency: rates.totalCurrency(totals, currency), rates: known, today };
  const listTotal = rates.listTotalOf(totals, known, { wanted: currency, today });
  const last = newest && { contact: contact(newest), orderDetails: orderDetailsOf(newest) };
  const about = { kind, version: versionOf(solution.lines), last };
  return specification(solution, about, parts, { listTotal, scale });
}

/** Returns what the lines cost at the lowest list prices, at the rates of today. */
export async function listTotal(
  db: Db,
  lines: readonly solutions.StoredLine[],
  currency: string | undefined,
  now: Date,
): Promise<ListTotal> {
  const today = now.toISOString().slice(0, 10);
  const known = await rates.ratesOn(db, today);
  return rates.listTotalOf(solutions.askedTotals(lines), known, { wanted: currency, today });
}
