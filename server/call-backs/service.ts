import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
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

/** Who asks: a visitor, from where, in which language it will be called. */
export interface Asker {
  buyerId: string;
  address: string;
  locale: string;
  /** The same request again has the same key. */
  key: string | null;
}

/**
 * Asks a vendor to call this number at a time. One request per number and vendor is open: the same visitor's next one
 * changes time, note and offer of it. Refuses `not_found` for an unknown offer, `time_not_ahead`, `nobody_free` where
 * nobody who can be called answers for the offer, `idempotency_key_reused`, and what `admission.admitted` refuses.
 */
export async function ask(
  ctx: Context,
  asker: Asker,
  body: RequestCallBackBody,
): Promise<{ callBack: CallBack; isNew: boolean }> {
  const now = ctx.clock.now();
  const phone = admission.parsePhone(body.phone);
  const earlier = await sameAsked(ctx.db, asker, body, phone);
  if (earlier) return { callBack: earlier, isNew: false };
  const wantedAt = new Date(body.wantedAt);
  if (!isOffered(wantedAt, now)) throw refuseField('wantedAt', 'time_not_ahead');
  const offer = await queries.findOffer(ctx.db, body.offerId);
  if (!offer) throw refuse('not_found');
  const agents = await responsibleFor(ctx.db, offer.id, body.kind);
  if (agents.length === 0) throw refuse('nobody_free');

  const { buyerId, address, locale, key } = asker;
  const attempt = { purpose: 'ask_back', phone, address, buyerId, vendorId: offer.vendorId } as const;
  return admission.admitted(ctx, attempt, async (tx) => {
    // Admissions come one after the other: of two at once with one key, the second finds the first.
    const same = await sameAsked(tx, asker, body, phone);
    if (same) return { callBack: same, isNew: false };
    const row = await queries.askOrChange(tx, {
      ...{ buyerId, phone, locale, wantedAt, idempotencyKey: key },
      ...{ kind: body.kind, vendorId: offer.vendorId, offerId: offer.id },
      ...{ name: body.name?.trim() ?? '', note: body.note?.trim() ?? '' },
      ...{ status: 'open', statusAt: now, createdAt: now },
    });
    if (!row) throw admission.notPossible('asked_by_another');
    if (row.isNew) await admission.countAskedBack(tx, ctx, phone, now);
    const payload = { callBackId: row.id, vendorId: offer.vendorId, wantedAt: wantedAt.toISOString() };
    await record(tx, [callBackAsked({ actor: `buyer:${buyerId}`, at: now, payload })]);
    await announce(tx, [`vendor:${offer.vendorId}`]);
    const seen = await queries.findOwn(tx, buyerId, row.id);
    if (!seen) throw new Error('a call-back request vanished');
    // While it is being called it stays about what it was.
    if (seen.callBack.status === 'open') await tellAgents(tx, ctx, seen, agents, now);
    return { callBack: wireOf(seen), isNew: row.isNew };
  });
}

type Agents = Awaited<ReturnType<typeof responsibleFor>>;

/** Who could call back: its own phone rings first, so one without a number that is called can't. */
async function responsibleFor(db: Db, offerId: number, kind: CallBack['kind']) {
  return (await responsibleAgents(db, [offerId])).filter((agent) => agent.kind === kind && agent.isCalled);
}

/** Whoever can work it off is mailed: who takes calls by phone alone sees no desk. */
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

/** What was asked under this key before; the key of something else is refused. */
async function sameAsked(
  db: Db,
  { buyerId, key }: Asker,
  body: RequestCallBackBody,
  phone: string,
): Promise<CallBack | null> {
  const row = key === null ? null : await queries.findByKey(db, buyerId, key);
  if (!row) return null;
  const isSame =
    row.phone === phone &&
    String(row.offerId) === body.offerId &&
    row.kind === body.kind &&
    row.wantedAt.getTime() === new Date(body.wantedAt).getTime() &&
    row.name === (body.name?.trim() ?? '') &&
    row.note === (body.note?.trim() ?? '');
  if (!isSame) throw refuseField('idempotency-key', 'idempotency_key_reused');
  const seen = await queries.findOwn(db, buyerId, row.id);
  return seen && wireOf(seen);
}

/** The visitor's own requests, latest first. */
export async function list(
  { db }: Pick<Context, 'db'>,
  buyerId: string,
  page: { page: number; perPage: number },
): Promise<{ items: CallBack[]; total: number; page: number; perPage: number }> {
  const rows = await queries.listOwn(db, buyerId, page);
  return { items: rows.map(wireOf), total: rows[0]?.total ?? 0, ...page };
}

/**
 * The call that worked it off has ended, in the transaction that ends it: done after a conversation, whatever became of
 * the request meanwhile; otherwise open for another try, a few times, unless it was cancelled.
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

/** Ends requests whose time is long past. */
export async function expire(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
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

/** Erases who was to be called once a request has been closed for as long as is configured, in small transactions. */
export async function forget({ config, clock, db }: Pick<Context, 'config' | 'clock' | 'db'>): Promise<void> {
  const before = new Date(clock.now().getTime() - config.calling.retentionDays * 86_400_000);
  while ((await queries.forgetClosed(db, before, forgottenAtOnce)) === forgottenAtOnce);
}
