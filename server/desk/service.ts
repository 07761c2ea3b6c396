import * as admission from '#server/admission/service.ts';
import * as calls from '#server/calls/service.ts';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/platform/errors.ts';
import { workersKey } from '#server/platform/workers.ts';
import * as presence from '#server/presence/service.ts';
import * as vendors from '#server/vendors/service.ts';
import * as queries from './queries.ts';
import type { CallRow, EnquiryRow, MeRow, RecentRow } from './rows.ts';
import * as rules from './rules.ts';
import type { Desk, DeskCall, DeskCallList, DeskEnquiryList } from './schema.ts';
import * as view from './view.ts';

type DeskContext = Pick<Context, 'db' | 'clock' | 'config' | 'links'>;

const recentShown = 10;
const enquiriesShown = 8;

/** Returns the snapshot of topic `agent`, an agent's whole desk; null for an unknown agent. */
export async function deskTopic(
  ctx: DeskContext,
  agentId: number,
): Promise<{ state: Desk; dependsOn: string[] } | null> {
  const now = ctx.clock.now();
  const me = await queries.findMe(ctx.db, agentId, now);
  if (!me) return null;
  const [call, callBacks, recent, enquiries, team] = await Promise.all([
    queries.findCall(ctx.db, agentId),
    queries.openCallBacks(ctx.db, { agentId, ...me }),
    queries.recentCalls(ctx.db, agentId, { page: 1, perPage: recentShown }),
    queries.openEnquiries(ctx.db, { agentId, ...me }, { page: 1, perPage: enquiriesShown }, now),
    presence.statesOf(ctx.db, me.colleagueIds, now),
  ]);
  const responsible = call ? await responsibleFor(ctx, me.kind, call) : [];
  const lastSwitch = me.lastSwitch && { ...me.lastSwitch, at: new Date(me.lastSwitch.at) };
  const state: Desk = {
    serverNow: now.toISOString(),
    me: { id: String(agentId), name: me.name, kind: me.kind, ...view.ownStatus(me) },
    vendor: { id: String(me.vendorId), name: me.vendorName, timeZone: me.timeZone },
    hours: me.hours,
    calling: me.hasLiveWorker && ctx.config.twilio !== undefined && !admission.isStoppedBy(lastSwitch, now),
    call: call && (await describeCall(ctx, call, responsible, now)),
    callBacks: callBacks.items.map(view.callBack),
    callBacksTotal: callBacks.total,
    recent: recent.map(view.recentCall),
    missedUnseen: me.missedUnseen,
    enquiries: enquiries.items.map((row) => view.enquiry(row, answerPage(ctx, row))),
    enquiriesTotal: enquiries.total,
    team,
    day: { ...me.day, answersSent: me.answersSent, rating: me.rating },
  };
  return {
    state,
    dependsOn: keysOf(agentId, me, { call, recent, enquiries: enquiries.items }),
  };
}

/** Returns the agent's call; null if it has been passed on. Shared lines are shown only during the call. */
async function describeCall(
  { db }: DeskContext,
  row: CallRow,
  responsible: readonly vendors.ResponsibleAgent[],
  now: Date,
): Promise<DeskCall | null> {
  const phase = rules.phaseOf(row.state, row.result);
  if (!phase) return null;
  const wanted = { ...row, requestedAt: new Date(row.requestedAt) };
  const [shared, nextAgent] = await Promise.all([
    phase === 'wrap_up' ? null : calls.sharedSolution(db, row),
    phase === 'ringing' ? calls.nextAmong(db, wanted, responsible, row.triedIds, now) : null,
  ]);
  return view.call(row, { phase, shared, nextAgent }, now);
}

/** Returns the agents of this kind who are responsible for the call's offer. */
async function responsibleFor(
  { db }: DeskContext,
  kind: MeRow['kind'],
  { offerId }: CallRow,
): Promise<vendors.ResponsibleAgent[]> {
  return (await vendors.responsibleAgents(db, [offerId])).filter((agent) => agent.kind === kind);
}

/** Returns the URL in this agent's own mail, which has their draft. */
const answerPage = ({ links }: DeskContext, { deliveryId, linkVersion }: EnquiryRow): string =>
  `/e/${links.issue('answer', deliveryId, linkVersion)}`;

function keysOf(
  agentId: number,
  me: MeRow,
  shown: { call: CallRow | null; recent: readonly RecentRow[]; enquiries: readonly EnquiryRow[] },
): string[] {
  const { call, recent, enquiries } = shown;
  return [
    ...[agentId, ...me.colleagueIds].map((id) => `agent:${id}`),
    `vendor:${me.vendorId}`,
    'calling:switch',
    workersKey,
    ...(call ? [`call:${call.id}`] : []),
    ...(call?.sharedSolutionId ? [`solution:${call.sharedSolutionId}`] : []),
    ...recent.map(({ id }) => `call:${id}`),
    ...enquiries.map(({ requestId }) => `request:${requestId}`),
  ];
}

/** Returns the agent's whole desk. Refuses `not_found`. */
export async function getDesk(ctx: DeskContext, agentId: number): Promise<Desk> {
  const topic = await deskTopic(ctx, agentId);
  if (!topic) throw refuse('not_found');
  return topic.state;
}

/** Returns a page of the calls that have ended for the agent, latest first. */
export async function listCalls(
  { db }: Pick<Context, 'db'>,
  agentId: number,
  paging: { page: number; perPage: number },
): Promise<DeskCallList> {
  const [items, total] = await Promise.all([
    queries.recentCalls(db, agentId, paging),
    queries.countCalls(db, agentId),
  ]);
  return { items: items.map(view.recentCall), total, ...paging };
}

/** Returns a page of the open enquiries that were mailed to the agent, most urgent first. Refuses `not_found`. */
export async function listEnquiries(
  ctx: DeskContext,
  agentId: number,
  paging: { page: number; perPage: number },
): Promise<DeskEnquiryList> {
  const now = ctx.clock.now();
  const me = await queries.findMe(ctx.db, agentId, now);
  if (!me) throw refuse('not_found');
  const { items, total } = await queries.openEnquiries(ctx.db, { agentId, ...me }, paging, now);
  return { items: items.map((row) => view.enquiry(row, answerPage(ctx, row))), total, ...paging };
}

/** Marks the agent's missed calls as seen. */
export const markMissedCallsSeen = calls.markMissedCallsSeen;
