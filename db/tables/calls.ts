import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { callEnders, callOutcomes, callStates } from '#server/common/enums/calls.ts';
import { callBacks } from './call-backs.ts';
import { bytea, instant, uuidId } from './columns.ts';
import { solutions } from './solutions.ts';
import { agents } from './agents.ts';
import { wantedCall } from './wanted-call.ts';

/** A call between a buyer and an agent about an offer, from the request to its outcome. */
export const calls = pgTable(
  'calls',
  {
    id: uuidId(),
    ...wantedCall(),
    /** Set if an agent calls back. Then only that agent is called. */
    callBackId: uuid('call_back_id').references(() => callBacks.id),
    /** The agent chosen by the buyer, who is tried first. */
    wantedAgentId: bigint('wanted_agent_id', { mode: 'number' }).references(() => agents.id),
    /** The last agent reserved. */
    agentId: bigint('agent_id', { mode: 'number' }).references(() => agents.id),
    /** The buyer's number, E.164; erased after the retention time. */
    phone: text('phone'),
    /** Keyed hash of the client's address; erased with the number. */
    addressHash: bytea('address_hash'),
    /** The number has consented to calls of this buyer, so there is no prompt. */
    phoneConfirmed: boolean('phone_confirmed').notNull(),
    /** The language of the buyer's prompts. */
    locale: text('locale').notNull(),
    /** The limit of the conversation in seconds. */
    maxSeconds: integer('max_seconds').notNull(),
    sharedSolutionId: uuid('shared_solution_id').references(() => solutions.id, { onDelete: 'set null' }),
    state: text('state', { enum: callStates }).notNull(),
    /** The number of transitions, for optimistic locking. */
    version: integer('version').notNull().default(0),
    stateAt: instant('state_at').notNull(),
    /** When this state times out. */
    deadlineAt: instant('deadline_at'),
    requestedAt: instant('requested_at').notNull(),
    /** When the agent pressed 1. */
    acceptedAt: instant('accepted_at'),
    /** When both were connected. */
    answeredAt: instant('answered_at'),
    /** Before `closed`: when the end began. */
    endedAt: instant('ended_at'),
    /** Set once. */
    outcome: text('outcome', { enum: callOutcomes }),
    endedBy: text('ended_by', { enum: callEnders }),
    talkSeconds: integer('talk_seconds'),
    /** The agent's note. */
    agentNote: text('agent_note'),
  },
  (t) => [
    uniqueIndex('calls_one_per_phone')
      .on(t.phone)
      .where(sql`${t.state} <> 'closed'`),
    uniqueIndex('calls_one_per_buyer')
      .on(t.buyerId)
      .where(sql`${t.state} <> 'closed'`)
      .concurrently(),
    uniqueIndex('calls_idempotency_key').on(t.visitorId, t.idempotencyKey),
    index('calls_requested').on(t.requestedAt),
    index('calls_buyer').on(t.buyerId, t.requestedAt).concurrently(),
    index('calls_visitor').on(t.visitorId, t.requestedAt),
    index('calls_agent').on(t.agentId, t.requestedAt),
    index('calls_vendor').on(t.vendorId, t.requestedAt),
    index('calls_phone')
      .on(t.phone, t.requestedAt)
      .where(sql`${t.phone} is not null`),
    index('calls_deadline')
      .on(t.deadlineAt)
      .where(sql`${t.state} <> 'closed'`),
    index('calls_to_forget')
      .on(t.endedAt)
      .where(sql`${t.state} = 'closed' and ${t.phone} is not null`),
    check(
      'calls_closed',
      sql`${t.state} <> 'closed' or (${t.outcome} is not null and ${t.endedAt} is not null)`,
    ),
    check('calls_talk', sql`${t.talkSeconds} is null or ${t.talkSeconds} >= 0`),
    check('calls_completed', sql`${t.outcome} is distinct from 'completed' or ${t.answeredAt} is not null`),
  ],
);

/**
 * One phone's part in a call: one leg for each agent tried, and one for the buyer. An agent with a leg without
 * `released_at` is busy, in any state of the call.
 */
export const callLegs = pgTable(
  'call_legs',
  {
    id: uuidId(),
    callId: uuid('call_id')
      .notNull()
      .references(() => calls.id),
    role: text('role', { enum: ['agent', 'visitor'] }).notNull(),
    agentId: bigint('agent_id', { mode: 'number' }).references(() => agents.id),
    /** Twilio's CallSid. Callbacks have our leg id in their URL, because it exists before Twilio responds. */
    sid: text('sid'),
    /** The furthest status reported by Twilio. */
    status: text('status').notNull(),
    /** The result of the attempt with an agent; null until then. */
    result: text('result', {
      enum: ['accepted', 'declined', 'silent', 'no_answer', 'busy', 'unreachable', 'hung_up', 'cancelled'],
    }),
    /** Given up while it was unknown whether Twilio had created the call; hung up if it appears. */
    abandoned: boolean('poisoned').notNull().default(false),
    errorCode: text('error_code'),
    createdAt: instant('created_at').notNull(),
    ringingAt: instant('ringing_at'),
    answeredAt: instant('answered_at'),
    endedAt: instant('ended_at'),
    /** Twilio's CallDuration. */
    durationSeconds: integer('duration_seconds'),
    /** When the agent is released automatically: end of the wrap-up, or of waiting for a call that may exist. */
    pinnedUntil: instant('pinned_until'),
    wrapUpExtended: boolean('wrap_up_extended').notNull().default(false),
    /** After a metered call was cut off: until when its buyer, and nobody else, gets this agent for a further call. */
    keptUntil: instant('kept_until'),
    releasedAt: instant('released_at'),
    /** When the agent acknowledged this missed call. */
    seenAt: instant('seen_at'),
  },
  (t) => [
    uniqueIndex('call_legs_one_call_per_agent')
      .on(t.agentId)
      .where(sql`${t.role} = 'agent' and ${t.releasedAt} is null`),
    uniqueIndex('call_legs_one_visitor')
      .on(t.callId)
      .where(sql`${t.role} = 'visitor'`),
    uniqueIndex('call_legs_sid').on(t.sid),
    index('call_legs_call').on(t.callId),
    index('call_legs_agent').on(t.agentId, t.createdAt),
    index('call_legs_missed')
      .on(t.agentId)
      .where(
        sql`${t.role} = 'agent' and ${t.seenAt} is null and ${t.result} in ('no_answer', 'silent', 'busy', 'unreachable')`,
      ),
    index('call_legs_created').on(t.createdAt),
    index('call_legs_pinned')
      .on(t.pinnedUntil)
      .where(sql`${t.releasedAt} is null and ${t.pinnedUntil} is not null`),
    check('call_legs_agent_by_role', sql`(${t.role} = 'agent') = (${t.agentId} is not null)`),
  ],
);

/** All transitions of calls, written in the same transaction. */
export const callEvents = pgTable(
  'call_events',
  {
    callId: uuid('call_id')
      .notNull()
      .references(() => calls.id),
    /** The call's version after the transition. */
    version: integer('version').notNull(),
    event: text('event').notNull(),
    fromState: text('from_state', { enum: callStates }),
    toState: text('to_state', { enum: callStates }).notNull(),
    /** "visitor", "agent", "twilio", "timer" or "system". */
    actor: text('actor').notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.callId, t.version] })],
);

/** Twilio's status callbacks, stored before they are processed. Repetitions are ignored. */
export const callWebhooks = pgTable(
  'call_webhooks',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    legId: uuid('leg_id').notNull(),
    /** Deduplicates repetitions of a callback. */
    key: text('key').notNull(),
    params: jsonb('params').$type<Record<string, string>>().notNull(),
    receivedAt: instant('received_at').notNull(),
    workedAt: instant('worked_at'),
  },
  (t) => [
    unique('call_webhooks_key').on(t.key),
    index('call_webhooks_leg').on(t.legId),
    index('call_webhooks_received').on(t.receivedAt),
    index('call_webhooks_waiting')
      .on(t.id)
      .where(sql`${t.workedAt} is null`),
  ],
);
