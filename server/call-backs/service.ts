import type { Db } from '#db/client.ts';
import * as buyers from '#server/buyers/service.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import { type Forgetting, noteForgotten } from '#server/platform/forgetting.ts';
import { once } from '#server/platform/idempotency.ts';
import { queueMails } from '#server/platform/mailing/queue.ts';
import { announce } from '#server/platform/realtime.ts';
import { responsibleAgents } from '#server/vendors/service.ts';
import * as admission from '#server/admission/service.ts';
import type { CallBack, CallOutcome, RequestCallBackBody } from '#server/calls/schema.ts';
import { callBackAsked, callBackEnded, callBackMail } from './events.ts';
import * as queries from './queries.ts';
import { refuse, refuseField } from './refusals.ts';
import { afterCall, expiredBefore, isOffered, mostAttempts, withoutNumber } from './rules.ts';
import { callBackView } from './view.ts';

/** The buyer who requests a call-back. */
export interface Requester {
  buyerId: string;
  /** The client's address, which limits count. */
  address: string;
  /** The language of the prompts on their phone. */
  locale: string;
  /** Null: not idempotent. */
  idempotencyKey: string | null;
}

interface CallBackRequest {
  offerId: string;
  kind: CallBack['kind'];
  phone: string;
  wantedAt: string;
  name: string;
  note: string;
}

const keepKeyDays = 30;

/**
 * Requests a call-back, or changes the buyer's open one for this number and vendor. Idempotent per key. Refuses
 * `phone_not_valid`, `idempotency_key_reused`, `not_found` (offer), `time_not_ahead`, `nobody_free` (no callable agent is
 * responsible), and as `withAdmission` does.
 */
export async function requestCallBack(
  ctx: Context,
  requester: Requester,
  body: RequestCallBackBody,
): Promise<{ callBack: CallBack; isNew: boolean }> {
  const now = ctx.clock.now();
  const { buyerId, address, locale, idempotencyKey: key } = requester;
  const request = readRequest(body);
  const offer = await queries.findOffer(ctx.db, body.offerId);
  if (!offer) throw refuse('not_found');
  const { phone } = request;
  const attempt = { purpose: 'ask_back', phone, address, buyerId, vendorId: offer.vendorId } as const;
  const keyed = { actor: `buyer:${buyerId}`, operation: 'call-backs.request', key, body: request };
  return admission.withAdmission(ctx, attempt, (tx, admit) =>
    once(
      tx,
      { ...keyed, now, keepDays: keepKeyDays },
      async () => {
        await buyers.delayMerge(tx, buyerId);
        const wantedAt = new Date(request.wantedAt);
        if (!isOffered(wantedAt, now)) throw refuseField('wantedAt', 'time_not_ahead');
        const agents = await responsibleFor(tx, offer.id, body.kind);
        if (agents.length === 0) throw refuse('nobody_free');
        await admit();
        const row = await queries.insertOrChange(tx, {
          ...request,
          ...{ buyerId, locale, wantedAt, vendorId: offer.vendorId, offerId: offer.id },
          ...{ status: 'open', statusAt: now, createdAt: now },
        });
        if (!row) throw admission.refuseNumber('asked_by_another');
        if (row.isNew) await admission.countCallBack(tx, ctx, phone, now);
        const payload = { callBackId: row.id, vendorId: offer.vendorId, wantedAt: request.wantedAt };
        await record(tx, [callBackAsked({ actor: `buyer:${buyerId}`, at: now, payload })]);
        await announce(tx, [`vendor:${offer.vendorId}`]);
        const seen = await findRequested(tx, buyerId, row.id);
        // A call-back that is being called keeps its kind and offer.
        if (seen.callBack.status === 'open') await mailAgents(tx, ctx, seen, agents, now);
        return { callBack: callBackView(seen), isNew: row.isNew };
      },
      {
        keptAs: ({ callBack: { id } }) => ({ id }),
        replay: async ({ id }) => ({
          callBack: callBackView(await findRequested(tx, buyerId, id)),
          isNew: false,
        }),
      },
    ),
  );
}

const readRequest = ({
  offerId,
  kind,
  phone,
  wantedAt,
  name,
  note,
}: RequestCallBackBody): CallBackRequest => ({
  ...{ offerId, kind, phone: admission.parsePhone(phone) },
  wantedAt: new Date(wantedAt).toISOString(),
  ...{ name: name?.trim() ?? '', note: note?.trim() ?? '' },
});

async function findRequested(tx: Db, buyerId: string, id: string): Promise<queries.SeenCallBack> {
  const seen = await queries.findOwn(tx, buyerId, id);
  if (!seen) throw new Error('a call-back vanished');
  return seen;
}

type Agents = Awaited<ReturnType<typeof responsibleFor>>;

/** Returns the responsible agents whose phone can be called, because it rings first. */
async function responsibleFor(db: Db, offerId: number, kind: CallBack['kind']) {
  return (await responsibleAgents(db, [offerId])).filter((agent) => agent.kind === kind && agent.isCalled);
}

/** Mails the agents who can call back, because some don't have their desk open. */
async function mailAgents(
  tx: Db,
  ctx: Context,
  { callBack, vendor, product }: queries.SeenCallBack,
  agents: Agents,
  now: Date,
): Promise<void> {
  const { id, kind, phone, locale, wantedAt, name, note } = callBack;
  const typed = (text: string) => (phone === null ? text : withoutNumber(text, phone));
  const content = {
    ...{ kind, locale, name: typed(name), note: typed(note), wantedAt: wantedAt.toISOString() },
    ...{ vendorName: vendor.name, timeZone: vendor.timeZone },
    product: { name: product.name, code: product.code },
  };
  // Mail each agent once, not at every change; their desks show changes.
  const mails = agents.map(({ agentId, email, name: agentName, locale: agentLocale }) => ({
    ...{ kind: callBackMail, subjectId: id, reason: 'asked', content },
    to: { role: 'agent', agentId, email, name: agentName, locale: agentLocale },
  }));
  await queueMails(tx, ctx, mails, now);
}

/** Returns the buyer's own call-back. Refuses `not_found`. */
export async function find({ db }: Pick<Context, 'db'>, buyerId: string, id: string): Promise<CallBack> {
  const seen = await queries.findOwn(db, buyerId, id);
  if (!seen) throw refuse('not_found');
  return callBackView(seen);
}

/** Returns the snapshot of topic `call-back:<id>`; null if it isn't the buyer's. */
export async function callBackTopic(
  { db }: Pick<Context, 'db'>,
  buyerId: string,
  id: string,
): Promise<{ state: CallBack; dependsOn: string[] } | null> {
  const seen = await queries.findOwn(db, buyerId, id);
  return seen && { state: callBackView(seen), dependsOn: [`vendor:${seen.vendor.id}`] };
}

/** Returns a page of the buyer's call-backs, latest first. */
export async function list(
  { db }: Pick<Context, 'db'>,
  buyerId: string,
  page: { page: number; perPage: number },
): Promise<{ items: CallBack[]; total: number; page: number; perPage: number }> {
  const rows = await queries.listOwn(db, buyerId, page);
  // A page past the end has no row that could count them.
  const counted =
    rows.length > 0 || page.page === 1 ? rows : await queries.listOwn(db, buyerId, { page: 1, perPage: 1 });
  return { items: rows.map(callBackView), total: counted[0]?.total ?? 0, ...page };
}

/** Updates a call-back by `afterCall`, in the transaction that closes its call. */
export async function callEnded(
  tx: Db,
  { callBackId, outcome, now }: { callBackId: string; outcome: CallOutcome; now: Date },
): Promise<void> {
  const changed = await queries.countAttempt(tx, callBackId, afterCall(outcome), mostAttempts, now);
  if (!changed) return;
  const payload = { callBackId, outcome, status: changed.status };
  await record(tx, [callBackEnded({ actor: 'system', at: now, payload })]);
  await announce(tx, [`vendor:${changed.vendorId}`]);
}

/** Cancels the open call-backs of a number that has opted out. */
export async function cancelForPhone(tx: Db, phone: string, now: Date): Promise<void> {
  const vendorIds = await queries.cancelForPhone(tx, phone, now);
  await announce(
    tx,
    vendorIds.map((id) => `vendor:${id}` as const),
  );
}

/** Expires call-backs long past their time. */
export async function expireCallBacks(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const now = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const vendorIds = await queries.expireBefore(tx, expiredBefore(now), now);
    await announce(
      tx,
      vendorIds.map((id) => `vendor:${id}` as const),
    );
  });
}

const rowsAtOnce = 500;

/** Erases personal data of call-backs closed for `retentionDays`, in small transactions. */
export async function forgetCallBacks({
  config,
  clock,
  db,
}: Pick<Context, 'config' | 'clock' | 'db'>): Promise<void> {
  const before = new Date(clock.now().getTime() - config.calling.retentionDays * 86_400_000);
  while ((await db.transaction((tx) => forgetSome(tx, before))) === rowsAtOnce);
}

async function forgetSome(tx: Db, before: Date): Promise<number> {
  const forgotten = await queries.forgetClosed(tx, before, rowsAtOnce);
  if (forgotten > 0) await noteForgotten(tx, 'call-backs', before.toISOString());
  return forgotten;
}

export const forgetting: Forgetting = {
  kind: 'call-backs',
  async again(tx, before) {
    while ((await queries.forgetClosed(tx, new Date(before), rowsAtOnce)) === rowsAtOnce);
  },
};
