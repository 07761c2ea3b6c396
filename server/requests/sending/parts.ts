import type { Db } from '#db/client.ts';
import * as calls from '#server/calls/service.ts';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/platform/errors.ts';
import * as solutions from '#server/solutions/service.ts';
import * as vendors from '#server/vendors/service.ts';
import type { Specification } from './schema.ts';
import { type Part, partsOf, specification } from './specification.ts';

/** Returns each vendor's part of the lines, with the people who would get it. */
export async function loadParts(
  db: Db,
  buyerId: string,
  lines: readonly solutions.StoredLine[],
): Promise<Part[]> {
  const asked = lines.flatMap((line) => solutions.askedOffers(line));
  const unique = (ids: number[]) => [...new Set(ids)];
  const [responsible, spokenWith] = await Promise.all([
    vendors.responsibleAgents(db, unique(asked.map((offer) => offer.id))),
    calls.spokenWith(db, buyerId, unique(asked.map((offer) => offer.vendor.id))),
  ]);
  return partsOf(lines, responsible, spokenWith);
}

/** Returns the solution as it would be sent now. Refuses `not_found` unless it is this buyer's. */
export async function readSpecification(
  { db }: Pick<Context, 'db'>,
  buyerId: string,
  solutionId: string,
  kind: 'quote' | 'order',
): Promise<Specification> {
  const solution = await solutions.find(db, buyerId, solutionId);
  if (!solution) throw refuse('not_found');
  return specification(solution, kind, await loadParts(db, buyerId, solution.lines));
}
