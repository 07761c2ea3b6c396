import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { refuse, refuseField } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import { announce } from '#server/platform/realtime.ts';
import { responsibleAgents } from '#server/vendors/service.ts';
import * as numbers from '../numbers/service.ts';
import type { CallBack, CallOutcome, RequestCallBackBody } from '../schema.ts';
import { callBackAsked, callBackCancelled, callBackEnded } from './events.ts';
import * as queries from './queries.ts';
import { afterCall, expiredBefore, isOffered } from './rules.ts';
import { wireOf } from './view.ts';

/** Who asks: a visitor, from where, in which language it will be called. */
export interface Asker {
  visitorId: string;
  address: string;
  locale: string;
  /** The same request again has the same key. */
  key: string | null;
}

/**
 * Asks a vendor to call this number at a time. One request per number and vendor is open: the same visitor's next one
 * changes time, note and offer of it. Refuses `not_found` for an unknown offer, `time_not_ahead`, `nobody_free` where
 * nobody answers for the offer, `idempotency_key_reused`, and what `numbers.admitted` refuses.
 */
export async function ask(
  ctx: Context,
  asker: Asker,
  body: RequestCallBackBody,
): Promise<{ callBack: CallBack; isNew: boolean }> {
  const now = ctx.clock.now();
  const phone = numbers.parse(body.phone);
  const earlier = await sameAsked(ctx.db, asker, body, phone);
  if (earlier) return { callBack: earlier, isNew: false };
  const wantedAt = new Date(body.wantedAt);
  if (!isOffered(wantedAt, now)) throw refuseField('wantedAt', 'time_not_ahead');
  const offer = await queries.findOffer(ctx.db, body.offerId);
  if (!offer) throw refuse('not_found');
  const agents = await responsibleAgents(ctx.db, [offer.id]);
  if (!agents.some(({ kind }) => kind === body.kind)) throw refuse('nobody_free');

  const { visitorId, address, locale, key } = asker;
  const attempt = { purpose: 'ask_back', phone, address, visitorId, vendorId: offer.vendorId } as const;
  return numbers.admitted(ctx, attempt, async (tx) => {
    // Admissions come one after the other: of two at once with one key, the second finds the first.
    const same = await sameAsked(tx, asker, body, phone);
    if (same) return { callBack: same, isNew: false };
    const row = await queries.askOrChange(tx, {
      ...{ visitorId, phone, locale, wantedAt, idempotencyKey: key },
      ...{ kind: body.kind, vendorId: offer.vendorId, offerId: offer.id },
      ...{ name: body.name?.trim() ?? '', note: body.note?.trim() ?? '' },
      ...{ status: 'open', statusAt: now, createdAt: now },
    });
    if (!row) throw numbers.notPossible('asked_by_another');
    if (row.isNew) await numbers.countAskedBack(tx, ctx, phone, now);
    const payload = { callBackId: row.id, vendorId: offer.vendorId, wantedAt: wantedAt.toISOString() };
    await record(tx, [callBackAsked({ actor: `visitor:${visitorId}`, at: now, payload })]);
    await announce(tx, [`vendor:${offer.vendorId}`]);
    const seen = await queries.findOwn(tx, visitorId, row.id);
    if (!seen) throw new Error('a call-back request vanished');
    return { callBack: wireOf(seen), isNew: row.isNew };
  });
}

/** What was asked under this key before; the key of something else is refused. */
async function sameAsked(
  db: Db,
  { visitorId, key }: Asker,
  body: RequestCallBackBody,
  phone: string,
): Promise<CallBack | null> {
  const row = key === null ? null : await queries.findByKey(db, visitorId, key);
  if (!row) return null;
  const isSame =
    row.phone === phone &&
    String(row.offerId) === body.offerId &&
    row.kind === body.kind &&
    row.wantedAt.getTime() === new Date(body.wantedAt).getTime() &&
    row.name === (body.name?.trim() ?? '') &&
    row.note === (body.note?.trim() ?? '');
  if (!isSame) throw refuseField('idempotency-key', 'idempotency_key_reused');
  const seen = await queries.findOwn(db, visitorId, row.id);
  return seen && wireOf(seen);
}

/** The visitor's own requests, latest first. */
export async function list(
  { db }: Pick<Context, 'db'>,
  visitorId: string,
  page: { page: number; perPage: number },
): Promise<{ items: CallBack[]; total: number; page: number; perPage: number }> {
  const rows = await queries.listOwn(db, visitorId, page);
  return { items: rows.map(wireOf), total: rows[0]?.total ?? 0, ...page };
}

/** The visitor wants it no more; again is fine. One that is over is refused `call_back_closed`. */
export async function cancel(ctx: Context, visitorId: string, id: string): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const row = await queries.lockOwn(tx, visitorId, id);
    if (!row) throw refuse('not_found');
    if (row.status === 'cancelled') return;
    if (row.status !== 'open' && row.status !== 'calling') throw refuse('call_back_closed');
    await queries.change(tx, id, { status: 'cancelled', statusAt: at });
    await record(tx, [callBackCancelled({ actor: `visitor:${visitorId}`, at, payload: { callBackId: id } })]);
    await announce(tx, [`vendor:${row.vendorId}`]);
  });
}

/**
 * The call that worked it off has ended, in the transaction that ends it: done after a conversation, otherwise open for
 * another try, a few times. Nothing happens to one that was cancelled meanwhile.
 */
export async function callEnded(
  tx: Db,
  { callBackId, outcome, now }: { callBackId: string; outcome: CallOutcome; now: Date },
): Promise<void> {
  const row = await queries.lockCalling(tx, callBackId);
  if (!row) return;
  const attempts = row.attempts + 1;
  const status = afterCall(outcome, attempts);
  await queries.change(tx, callBackId, { status, statusAt: now, attempts });
  const payload = { callBackId, outcome, status };
  await record(tx, [callBackEnded({ actor: 'system', at: now, payload })]);
  await announce(tx, [`vendor:${row.vendorId}`]);
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
