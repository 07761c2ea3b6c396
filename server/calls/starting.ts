import type { Db } from '#db/client.ts';
import * as admission from '#server/admission/service.ts';
import * as buyers from '#server/buyers/service.ts';
import type { Context } from '#server/context.ts';
import * as credits from '#server/credits/service.ts';
import type { Refusal } from '#server/platform/errors.ts';
import { type Attempt, once } from '#server/platform/idempotency.ts';
import * as vendors from '#server/vendors/service.ts';
import { applyEvent } from './machine/advance.ts';
import { endIfGivenUp } from './machine/changing.ts';
import { addSeconds, lockedCall, saveCall } from './machine/locked-call.ts';
import { holdCredit } from './machine/metering.ts';
import * as machine from './machine/queries.ts';
import { reserveNextAgent } from './machine/reserving.ts';
import { timeouts } from './machine/rules.ts';
import * as queries from './queries.ts';
import { refuse, refuseField } from './refusals.ts';
import { mostWaiting, statusOf } from './rules.ts';
import type { StartCallBody, StartedCall } from './schema.ts';

/** The buyer who starts a call. */
export interface Caller {
  buyerId: string;
  accountId: string | null;
  /** The client's address, which limits count. */
  address: string;
  /** The language of the prompts on their phone. */
  locale: string;
  /** Null: not idempotent by key. */
  idempotencyKey: string | null;
}

interface CallRequest {
  offer: { id: number; vendorId: number };
  kind: StartCallBody['kind'];
  phone: string;
  wantedAgentId: number | null;
}

/**
 * Reserves an agent and starts to call them. Idempotent per key, and while the same call is live. Refuses `not_found`
 * (offer), `phone_not_valid`, `agent_not_responsible`, `idempotency_key_reused`, `call_in_progress`, `nobody_free`,
 * `too_many`, for support `login_required` of guests and `credit_too_low` under a minute's worth, `credit_disputed`, and as `withAdmission`
 * does.
 */
export async function startCall(ctx: Context, caller: Caller, body: StartCallBody): Promise<StartedCall> {
  const now = ctx.clock.now();
  const { buyerId, accountId, address, locale } = caller;
  if (body.kind === 'support' && accountId === null) throw refuse('login_required');
  const request = await readRequest(ctx.db, body);
  const { phone, offer } = request;
  const overdue = await queries.findLiveCall(ctx.db, buyerId);
  if (overdue) await endIfGivenUp(ctx, overdue);
  const attempt = { purpose: 'call', phone, address, buyerId, vendorId: offer.vendorId } as const;
  return admission.withAdmission(ctx, attempt, (tx, admit) =>
    once(
      tx,
      keyedAttempt(caller, request, now),
      async () => {
        await buyers.delayMerge(tx, buyerId);
        const live = await queries.findLiveCall(tx, buyerId);
        if (live) return repeatOf(live, request);
        if (request.kind === 'support') await requireCredit(tx, ctx, buyerId, offer.vendorId);
        const admitted = await admit();
        if ((await machine.waitingLegs(tx)) >= mostWaiting)
          throw refuse('too_many', { retryAfterSeconds: 5 });
        const opening = { ...request, ...admitted, buyerId, accountId, locale, callBackId: null };
        const opened = await openCall(tx, ctx, opening, now);
        if (typeof opened === 'string') throw refusalTo[opened]();
        return opened;
      },
      {
        keptAs: ({ id }) => ({ id }),
        replay: async ({ id }) => ({ id, status: statusOf[await queries.stateOf(tx, id)] }),
      },
    ),
  );
}

/** Refuses before the attempt counts, without a lock: the hold decides. */
async function requireCredit(
  tx: Db,
  { config, clock }: Context,
  buyerId: string,
  vendorId: number,
): Promise<void> {
  const terms = await credits.termsFor(tx, buyerId, vendorId, {
    ...{ mostSeconds: config.calling.maxMinutes * 60, at: clock.now() },
  });
  if (terms.isDisputed) throw refuse('credit_disputed');
  if (terms.seconds === 0) throw refuse('credit_too_low');
}

const keepKeyDays = 30;

const keyedAttempt = (
  { buyerId, idempotencyKey }: Caller,
  { offer, kind, phone }: CallRequest,
  now: Date,
): Attempt => ({
  ...{ actor: `buyer:${buyerId}`, operation: 'calls.start', key: idempotencyKey },
  ...{ body: { offerId: offer.id, kind, phone }, now, keepDays: keepKeyDays },
});

async function readRequest(db: Db, body: StartCallBody): Promise<CallRequest> {
  const phone = admission.parsePhone(body.phone);
  const offer = await queries.findOffer(db, body.offerId);
  if (!offer) throw refuse('not_found');
  if (body.agentId === undefined) return { offer, kind: body.kind, phone, wantedAgentId: null };
  const responsible = await vendors.responsibleAgents(db, [offer.id]);
  const wanted = responsible.find((one) => String(one.agentId) === body.agentId && one.kind === body.kind);
  if (!wanted) throw refuseField('agentId', 'agent_not_responsible');
  return { offer, kind: body.kind, phone, wantedAgentId: wanted.agentId };
}

/** Returns the live call for a double click. Refuses `call_in_progress` if the request differs from it. */
function repeatOf(live: queries.StoredCall, { offer, phone, kind }: CallRequest): StartedCall {
  const isSame = live.offerId === offer.id && live.phone === phone && live.kind === kind;
  if (!isSame) throw refuse('call_in_progress');
  return { id: live.id, status: statusOf[live.state] };
}

const refusalTo: Record<NotOpened, () => Refusal> = {
  buyer_in_call: () => refuse('call_in_progress'),
  phone_in_call: () => admission.refuseNumber('in_another_call'),
  nobody_free: () => refuse('nobody_free'),
  credit_too_low: () => refuse('credit_too_low'),
};

export interface NewCall extends CallRequest, admission.Admission {
  buyerId: string;
  accountId: string | null;
  locale: string;
  /** The call-back that this call is for. Only its agent is called. */
  callBackId: string | null;
}

/** Why no call could be opened. The caller must roll back. */
export type NotOpened = 'buyer_in_call' | 'phone_in_call' | 'nobody_free' | 'credit_too_low';

/** Inserts an admitted call and reserves its first agent, in a transaction of `withAdmission`. */
export async function openCall(
  tx: Db,
  ctx: Context,
  opening: NewCall,
  now: Date,
): Promise<StartedCall | NotOpened> {
  const { offer, confirmed, ...columns } = opening;
  const call = await machine.insertCall(tx, {
    ...columns,
    ...{ vendorId: offer.vendorId, offerId: offer.id, phoneConfirmed: confirmed },
    maxSeconds: ctx.config.calling.maxMinutes * 60,
    ...{ state: 'requested', stateAt: now, requestedAt: now },
    deadlineAt: addSeconds(now, timeouts.requested),
  });
  // A buyer and a number can have one live call each. A login may have moved another one to this buyer.
  if (!call) return (await queries.findLiveCall(tx, opening.buyerId)) ? 'buyer_in_call' : 'phone_in_call';
  const locked = lockedCall(tx, ctx, call, [], now);
  if (!(await reserveNextAgent(locked))) return 'nobody_free';
  if (!(await holdCredit(locked))) return 'credit_too_low';
  await applyEvent(locked, 'agent_reserved', { actor: opening.callBackId ? 'agent' : 'visitor' });
  await saveCall(locked);
  return { id: call.id, status: statusOf[call.state] };
}
