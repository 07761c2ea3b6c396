import type { Db } from '#db/client.ts';
import * as buyers from '#server/buyers/service.ts';
import type { Context } from '#server/context.ts';
import { Refusal } from '#server/platform/errors.ts';
import * as vendors from '#server/vendors/service.ts';
import { applyEvent } from './machine/advance.ts';
import * as machine from './machine/queries.ts';
import { addSeconds, lockedCall, saveCall } from './machine/locked-call.ts';
import { reserveNextAgent } from './machine/reserving.ts';
import { timeouts } from './machine/rules.ts';
import * as numbers from '#server/admission/service.ts';
import * as queries from './queries.ts';
import { refuse, refuseField } from './refusals.ts';
import { mostWaiting, statusOf } from './rules.ts';
import type { StartCallBody, StartedCall } from './schema.ts';

/** Who wants to be called. */
export interface Caller {
  buyerId: string;
  accountId: string | null;
  /** Whom the limits count. */
  address: string;
  /** The language of what it hears on the phone. */
  locale: string;
  key: string | null;
}

interface Asked {
  offer: { id: number; vendorId: number };
  kind: StartCallBody['kind'];
  phone: string;
  wantedAgentId: number | null;
}

/**
 * Starts a call: reserves an agent and lets its phone be called, or refuses and leaves nothing behind. The same click
 * again, however close, is the same call. Refuses `not_found` for an unknown offer, `phone_not_valid`,
 * `agent_not_responsible`, `call_in_progress`, `idempotency_key_reused`, `nobody_free`, `too_many`, and what
 * `numbers.admitted` refuses.
 */
export async function start(ctx: Context, caller: Caller, body: StartCallBody): Promise<StartedCall> {
  const asked = await read(ctx, body);
  const earlier = await sameCall(ctx, caller, asked);
  if (earlier) return earlier;
  const { buyerId, address } = caller;
  const { phone, offer } = asked;
  const attempt = { purpose: 'call', phone, address, buyerId, vendorId: offer.vendorId } as const;
  try {
    return await numbers.admitted(ctx, attempt, async (tx, admission) => {
      await buyers.hold(tx, buyerId);
      if ((await machine.waitingLegs(tx)) >= mostWaiting) throw refuse('too_many', { retryAfterSeconds: 5 });
      return begin(tx, ctx, { ...caller, ...asked, ...admission, callBackId: null });
    });
  } catch (error) {
    // The other click of the two came first, between our looking and our calling.
    const theOther = isTaken(error) ? await sameCall(ctx, caller, asked) : null;
    if (theOther) return theOther;
    throw refusalOf(error);
  }
}

async function read({ db }: Context, body: StartCallBody): Promise<Asked> {
  const phone = numbers.parsePhone(body.phone);
  const offer = await queries.findOffer(db, body.offerId);
  if (!offer) throw refuse('not_found');
  if (body.agentId === undefined) return { offer, kind: body.kind, phone, wantedAgentId: null };
  const responsible = await vendors.responsibleAgents(db, [offer.id]);
  const wanted = responsible.find((one) => String(one.agentId) === body.agentId && one.kind === body.kind);
  if (!wanted) throw refuseField('agentId', 'agent_not_responsible');
  return { offer, kind: body.kind, phone, wantedAgentId: wanted.agentId };
}

/** The call that this click started before; null if none did. Refuses while the visitor is in another one. */
async function sameCall({ db }: Context, caller: Caller, asked: Asked): Promise<StartedCall | null> {
  const earlier = await queries.earlierCalls(db, caller.buyerId, caller.key);
  const isSame = (call: queries.StoredCall) =>
    call.offerId === asked.offer.id && call.phone === asked.phone && call.kind === asked.kind;
  const byKey = earlier.find((call) => caller.key !== null && call.idempotencyKey === caller.key);
  if (byKey && !isSame(byKey)) throw refuseField('idempotency-key', 'idempotency_key_reused');
  const live = earlier.find((call) => call.state !== 'closed');
  const same = byKey ?? live;
  if (same && !isSame(same)) throw refuse('call_in_progress');
  return same ? { id: same.id, status: statusOf[same.state] } : null;
}

export interface NewCall {
  buyerId: string;
  accountId: string | null;
  key: string | null;
  locale: string;
  offer: { id: number; vendorId: number };
  kind: 'sales' | 'support';
  phone: string;
  wantedAgentId: number | null;
  confirmed: boolean;
  addressHash: Buffer | null;
  callBackId: string | null;
}

async function begin(tx: Db, ctx: Context, asked: NewCall): Promise<StartedCall> {
  const now = ctx.clock.now();
  const { buyerId, accountId, locale, kind, phone, wantedAgentId, callBackId, offer } = asked;
  const call = await machine.insertCall(tx, {
    ...{ buyerId, accountId, idempotencyKey: asked.key, locale, kind, phone, wantedAgentId, callBackId },
    ...{ vendorId: offer.vendorId, offerId: offer.id },
    ...{ phoneConfirmed: asked.confirmed, addressHash: asked.addressHash },
    maxSeconds: ctx.config.calling.maxMinutes * 60,
    ...{ state: 'requested', stateAt: now, requestedAt: now },
    deadlineAt: addSeconds(now, timeouts.requested),
  });
  const locked = lockedCall(tx, ctx, call, [], now);
  if (!(await reserveNextAgent(locked))) throw refuse('nobody_free');
  await applyEvent(locked, 'agent_reserved', { actor: callBackId ? 'agent' : 'visitor' });
  await saveCall(locked);
  return { id: call.id, status: statusOf[call.state] };
}

export interface CallBackCall {
  callBackId: string;
  /** Who calls back: its own phone rings first, nobody else's. */
  agentId: number;
  buyerId: string;
  accountId: string | null;
  locale: string;
  kind: 'sales' | 'support';
  offerId: number;
  vendorId: number;
  phone: string;
  confirmed: boolean;
  addressHash: Buffer | null;
}

/**
 * Starts the call that works off a call-back request, in the caller's transaction (inside `numbers.admitted`). Refuses
 * `nobody_free` while the agent is in another call. A visitor or number in another call is a `Refusal` only after
 * `refusalOf` of what the transaction throws.
 */
export function startForCallBack(tx: Db, ctx: Context, asked: CallBackCall): Promise<StartedCall> {
  const { offerId, vendorId, agentId, ...rest } = asked;
  return begin(tx, ctx, { ...rest, key: null, offer: { id: offerId, vendorId }, wantedAgentId: agentId });
}

interface UniqueViolation {
  code?: string;
  constraint_name?: string;
}
const violated = (error: unknown): string | undefined => {
  const { cause } = error as { cause?: UniqueViolation };
  return cause?.code === '23505' ? cause.constraint_name : undefined;
};

/** Refused because of something that the same click may have done. */
const isTaken = (error: unknown): boolean =>
  violated(error) !== undefined ||
  (error instanceof Refusal && (error.code === 'call_not_possible' || error.code === 'nobody_free'));

/** The unique indexes have the last word: one live call per number and per buyer. */
export function refusalOf(error: unknown): unknown {
  const index = violated(error);
  if (index === 'calls_one_per_buyer') return refuse('call_in_progress');
  if (index === 'calls_one_per_phone') return refuseField('phone', 'call_not_possible');
  if (index === 'calls_idempotency_key') return refuseField('idempotency-key', 'idempotency_key_reused');
  return error;
}
