import type { Db } from '#db/client.ts';
import { costOf, formatCredit } from '#server/common/credits.ts';
import type { Context } from '#server/context.ts';
import { slugOf } from '#server/catalog/service.ts';
import * as money from '#server/common/money.ts';
import * as credits from '#server/credits/service.ts';
import * as solutions from '#server/solutions/service.ts';
import { ratingOf } from '#server/vendors/service.ts';
import { nextAgent } from './machine/reserving.ts';
import { isCallingAgent, isCallingVisitor, ringSeconds } from './machine/rules.ts';
import * as queries from './queries.ts';
import { rateUntil, statusOf, resultForBuyer } from './rules.ts';
import type { Call, SharedSolution } from './schema.ts';

export type ViewContext = Pick<Context, 'db' | 'clock' | 'config'>;

/** Returns a call for its buyer, with the keys it depends on. */
export async function describeCall(
  ctx: ViewContext,
  seen: queries.SeenCall,
): Promise<{ state: Call; dependsOn: string[] }> {
  const { call } = seen;
  const now = ctx.clock.now();
  const legs = await queries.agentLegs(ctx.db, call.id);
  const line = isCallingAgent(call.state)
    ? await nextAgent(
        ctx.db,
        call,
        legs.map(({ leg }) => leg),
        now,
      )
    : { next: null, responsible: [] };
  const shared = await sharedSolution(ctx.db, call);
  const metered = await credits.creditOfCall(ctx.db, call.id);
  const { buyerId, vendorId } = call;
  const current = canShareIn(call.state)
    ? await solutions.findCurrentAsking(ctx.db, buyerId, vendorId)
    : null;
  const solutionIds = [call.sharedSolutionId, current?.id].filter((id) => id != null);
  return {
    state: callView(ctx, seen, legs, {
      ...{ nextAgent: line.next, shared, canShare: current?.asks ?? false, now },
      metered: metered && (await meteredView(ctx.db, call, legs, metered, now)),
    }),
    dependsOn: [
      `call:${call.id}`,
      ...line.responsible.map((id) => `agent:${id}`),
      ...solutionIds.map((id) => `solution:${id}`),
      ...(canShareIn(call.state) ? [`buyer:${buyerId}`] : []),
      ...(metered ? [metered.key] : []),
    ],
  };
}

/** Returns whether the buyer may share their current solution in this state. */
const canShareIn = (state: queries.StoredCall['state']): boolean =>
  state !== 'closed' && state !== 'ending' && state !== 'settling';

function callView(
  { config }: ViewContext,
  { call, vendor, product, rating }: queries.SeenCall,
  legs: queries.SeenLeg[],
  more: Pick<Call, 'nextAgent' | 'shared'> & { canShare: boolean; metered: MeteredView | null; now: Date },
): Call {
  const isLive = call.state !== 'closed';
  const until = isLive ? null : rateUntil(call);
  const isConnecting = isCallingAgent(call.state) || isCallingVisitor(call.state);
  const last = legs.at(-1);
  return {
    ...{ id: call.id, kind: call.kind, status: statusOf[call.state], offerId: String(call.offerId) },
    callBackId: call.callBackId,
    ...(isLive ? { outcome: null, endedBy: null } : { outcome: call.outcome, endedBy: call.endedBy }),
    vendor: { id: String(vendor.id), name: vendor.name, slug: vendor.slug, rating: ratingOf(vendor) },
    product: {
      id: String(product.id),
      slug: slugOf(product.name),
      code: product.code,
      name: product.name,
    },
    agent: last ? { ...last.agent, id: String(last.agent.id) } : null,
    tried: legs.flatMap(triedLeg),
    nextAgent: more.nextAgent,
    phone: call.phone,
    shownNumber: config.twilio?.from ?? '',
    asksToConfirm: !call.phoneConfirmed,
    requestedAt: call.requestedAt.toISOString(),
    ringsUntil: ringsUntil(call, last?.leg)?.toISOString() ?? null,
    agentPickedUpAt: last?.leg.answeredAt?.toISOString() ?? null,
    acceptedAt: call.acceptedAt?.toISOString() ?? null,
    answeredAt: call.answeredAt?.toISOString() ?? null,
    endedAt: call.state === 'closed' ? (call.endedAt?.toISOString() ?? null) : null,
    talkSeconds: call.talkSeconds,
    maxSeconds: call.maxSeconds,
    serverNow: more.now.toISOString(),
    shared: more.shared,
    can: {
      hangUp: isConnecting || call.state === 'requested' || call.state === 'bridged',
      share: more.canShare,
      rate: until !== null && until > more.now && rating === null,
      goOn: more.metered?.canGoOn ?? false,
    },
    rateUntil: until?.toISOString() ?? null,
    credit: more.metered?.credit ?? null,
    report: more.metered?.report ?? null,
    keptUntil: more.metered?.keptUntil?.toISOString() ?? null,
    rating,
  };
}

interface MeteredView extends Pick<Call, 'credit' | 'report'> {
  keptUntil: Date | null;
  canGoOn: boolean;
}

async function meteredView(
  db: Db,
  call: queries.StoredCall,
  legs: readonly queries.SeenLeg[],
  { rate, held, available, settled }: credits.CallCredit,
  now: Date,
): Promise<MeteredView> {
  if (settled) {
    const { seconds, charge, balance } = settled;
    const kept = legs.at(-1)?.leg;
    const keptUntil = kept?.keptUntil && kept.keptUntil > now && !kept.releasedAt ? kept.keptUntil : null;
    return {
      credit: null,
      report: {
        ...{ seconds, rate: formatCredit(rate), charge: formatCredit(charge), endedBy: call.endedBy },
        ...{ before: formatCredit(balance + charge), after: formatCredit(balance) },
      },
      keptUntil,
      canGoOn: keptUntil !== null && (await credits.isEnoughForCall(db, call.vendorId, available)),
    };
  }
  const talked = Math.min(talkedSeconds(call, now), call.maxSeconds);
  return {
    credit: {
      ...{ rate: formatCredit(rate), held: formatCredit(held), available: formatCredit(available) },
      ...{ spent: formatCredit(costOf(talked, rate)), secondsLeft: call.maxSeconds - talked },
    },
    report: null,
    keptUntil: null,
    canGoOn: false,
  };
}

function talkedSeconds({ answeredAt, endedAt }: queries.StoredCall, now: Date): number {
  if (!answeredAt) return 0;
  return Math.max(0, Math.floor(((endedAt ?? now).getTime() - answeredAt.getTime()) / 1000));
}

function triedLeg({ leg, agent }: queries.SeenLeg): Call['tried'] {
  const result = resultForBuyer[leg.result ?? ''];
  if (!result) return [];
  const from = leg.ringingAt ?? leg.createdAt;
  const to = leg.answeredAt ?? leg.endedAt ?? from;
  const ringing = Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
  return [{ name: agent.name, result, ringSeconds: ringing }];
}

/** Returns when the current ringing times out. */
function ringsUntil(call: queries.StoredCall, leg: queries.SeenLeg['leg'] | undefined): Date | null {
  if (isCallingVisitor(call.state)) return new Date(call.stateAt.getTime() + ringSeconds.visitor * 1000);
  if (call.state !== 'agent_ringing') return null;
  return new Date((leg?.ringingAt ?? call.stateAt).getTime() + ringSeconds.agent * 1000);
}

/** Returns the shared lines, which are those that ask the call's vendor; null if the buyer shares no solution. */
export async function sharedSolution(
  db: Db,
  call: Pick<queries.StoredCall, 'buyerId' | 'vendorId' | 'sharedSolutionId'>,
): Promise<SharedSolution | null> {
  if (call.sharedSolutionId === null) return null;
  const found = await solutions.findWithLines(db, call.buyerId, call.sharedSolutionId, call.vendorId);
  if (!found) return null;
  const asked = found.lines.flatMap((line) => line.product.offers.map((offer) => ({ line, offer })));
  const lines = asked.map(({ line, offer }) => ({
    id: line.id,
    code: line.product.code,
    name: line.product.name,
    sku: offer.sku,
    quantity: line.quantity,
    unit: offer.unit,
    note: line.note,
    listTotal: solutions.totalOf(offer, line.quantity),
  }));
  const total = sumOf(lines.map(({ listTotal }) => listTotal));
  return { solutionId: found.solution.id, name: found.solution.name, lines, total };
}

/** Returns the sum; null if a price is "on request" or there are several currencies. */
function sumOf(totals: readonly (money.Money | null)[]): money.Money | null {
  const [sum, another] = money.totalsPerCurrency(totals.map((total) => [total]));
  return !sum || another || totals.includes(null) ? null : sum.low;
}
