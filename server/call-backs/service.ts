import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
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
import { wireOf } from './view.ts';

/** The buyer who requests a call-back. */
export interface Asker {
  buyerId: string;
  /** The client's address, which limits count. */
  address: string;
  /** The language of what they hear on the phone. */
  locale: string;
  /** Of the click; null without one. */
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
 * Requests that a vendor calls this number at a time. One request per number and vendor is open: the same buyer's next
 * one changes its time, note and offer. Idempotent per key. Refuses `phone_not_valid`, `idempotency_key_reused`,
 * `not_found` for an unknown offer, `time_not_ahead`, `nobody_free` where no agent who can be called is responsible for
 * the offer, and what `withAdmission` refuses.
 */
export async function requestCallBack(
  ctx: Context,
  asker: Asker,
  body: RequestCallBackBody,
): Promise<{ callBack: CallBack; isNew: boolean }> {
  const now = ctx.clock.now();
  const { buyerId, address, locale, idempotencyKey: key } = asker;
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
        // While it is being called it stays about what it was.
        if (seen.callBack.status === 'open') await tellAgents(tx, ctx, seen, agents, now);
        return { callBack: wireOf(seen), isNew: row.isNew };
      },
      {
        keptAs: ({ callBack: { id } }) => ({ id }),
        replay: async ({ id }) => ({ callBack: wireOf(await findRequested(tx, buyerId, id)), isNew: false }),
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

/** Returns who could call back: agents whose own phone can be called, since it rings first. */
async function responsibleFor(db: Db, offerId: number, kind: CallBack['kind']) {
  return (await responsibleAgents(db, [offerId])).filter((agent) => agent.kind === kind && agent.isCalled);
}

/** Mails the agents who can call back: some take calls by phone only and see no desk. */
async function tellAgents(
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
  // Once each, however often it changes: later news is on their desks.
  const mails = agents.map(({ agentId, email, name: agentName, locale: agentLocale }) => ({
    ...{ kind: callBackMail, subjectId: id, reason: 'asked', content },
    to: { role: 'agent', agentId, email, name: agentName, locale: agentLocale },
  }));
  await queueMails(tx, ctx, mails, now);
}

/** Lists the buyer's call-backs, latest first. */
export async function list(
  { db }: Pick<Context, 'db'>,
  buyerId: string,
  page: { page: number; perPage: number },
): Promise<{ items: CallBack[]; total: number; page: number; perPage: number }> {
  const rows = await queries.listOwn(db, buyerId, page);
  return { items: rows.map(wireOf), total: rows[0]?.total ?? 0, ...page };
}

/**
 * Applies the end of its call, in the transaction that closes the call: done after a conversation, even if it was
 * cancelled meanwhile; otherwise open for another attempt, up to `mostAttempts`, unless it was cancelled.
 */
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

/** Cancels the open requests of a number whose holder wants no calls. */
export async function cancelForPhone(tx: Db, phone: string, now: Date): Promise<void> {
  const vendorIds = await queries.cancelForPhone(tx, phone, now);
  await announce(
    tx,
    vendorIds.map((id) => `vendor:${id}` as const),
  );
}

/** Expires call-backs whose time is long past. */
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

const forgottenAtOnce = 500;

/** Erases whom a call-back was for once it has been closed for the configured days. Works in small transactions. */
export async function forgetCallBacks({
  config,
  clock,
  db,
}: Pick<Context, 'config' | 'clock' | 'db'>): Promise<void> {
  const before = new Date(clock.now().getTime() - config.calling.retentionDays * 86_400_000);
  while ((await queries.forgetClosed(db, before, forgottenAtOnce)) === forgottenAtOnce);
}
