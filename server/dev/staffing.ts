import type { Context } from '#server/context.ts';
import * as presence from '#server/presence/service.ts';
import * as queries from './queries.ts';

const hoursAhead = 12;

/** Makes about two thirds of the agents available by phone, at least one per vendor, so that calls can be tried. */
export async function makeAgentsAvailable({ db, clock }: Context): Promise<void> {
  const now = clock.now();
  const phones = await queries.agentPhones(db);
  const byVendor = [...Map.groupBy(phones, ({ vendorId }) => vendorId).values()];
  const chosen = byVendor.flatMap((agents, index) => {
    const sales = agents.filter(({ kind }) => kind === 'sales');
    const support = agents.filter(({ kind }) => kind === 'support');
    if (sales.length === 0) return support;
    return [...(index % 3 === 2 ? sales.slice(0, 1) : sales), ...(index % 3 === 0 ? support : [])];
  });
  const until = new Date(now.getTime() + hoursAhead * 3_600_000);
  await presence.declareMany(
    db,
    chosen.map(({ agentId }) => agentId),
    until,
    now,
  );
}
