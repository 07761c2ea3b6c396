import type { Static } from 'typebox';
import type { callLegs, calls } from '#db/tables/calls.ts';
import type { CallKind, CallOutcome } from '#server/calls/schema.ts';
import type { Declared, Status } from '#server/presence/schema.ts';
import type { DeskEnquiry } from './schema.ts';

// Rows as JSON: instants are ISO 8601 with an offset, amounts decimal strings.
type Kind = Static<typeof CallKind>;
type Outcome = Static<typeof CallOutcome>;
export type CallState = (typeof calls.$inferSelect)['state'];
export type LegResult = NonNullable<(typeof callLegs.$inferSelect)['result']>;

export interface MeRow {
  name: string;
  kind: Kind;
  phone: string | null;
  vendorId: number;
  vendorName: string;
  timeZone: string;
  status: Status;
  since: string;
  declared: Declared;
  phoneUntil: string | null;
  unreachableSince: string | null;
  hours: { opens: string; closes: string } | null;
  hasLiveWorker: boolean;
  lastSwitch: { stopped: boolean; reason: string; at: string } | null;
  colleagueIds: number[];
  missedUnseen: number;
  day: { calls: number; talkSeconds: number; pickUpSeconds: number | null; missed: number };
  answersSent: number;
  rating: { average: number; count: number } | null;
}

/** Who calls, and about which product. */
export interface AboutRow {
  id: string;
  name: string | null;
  phone: string | null;
  locale: string;
  kind: Kind;
  offerId: number;
  product: { id: number; code: string; name: string };
}

/** A line with its price; null: "on request". */
export interface PricedRow {
  quantity: number;
  price: string | null;
  currency: string;
  priceBreaks: [number, string][];
}

export interface CallRow extends AboutRow {
  state: CallState;
  result: LegResult | null;
  outcome: Outcome | null;
  requestedAt: string;
  ringingAt: string | null;
  pickedUpAt: string | null;
  answeredAt: string | null;
  endedAt: string | null;
  talkSeconds: number | null;
  note: string | null;
  wrapUpUntil: string | null;
  wrapUpExtended: boolean;
  isPaid: boolean;
  maxSeconds: number;
  keptUntil: string | null;
  buyerId: string;
  vendorId: number;
  sharedSolutionId: string | null;
  callBackId: string | null;
  callBackNote: string | null;
  own: Omit<PricedRow, 'quantity'> & { sku: string; stock: number | null; unit: string };
  triedIds: number[];
  wantedAgentId: number | null;
  earlier: { at: string; agentName: string; talkSeconds: number; note: string | null }[];
}

export interface RecentRow extends AboutRow {
  at: string;
  result: LegResult;
  outcome: Outcome | null;
  talked: boolean;
  talkSeconds: number | null;
  note: string | null;
  seen: boolean;
  takenBy: string | null;
  rating: { line: number; agent: number } | null;
}

export interface CallBackRow extends AboutRow {
  status: 'open' | 'calling';
  wantedAt: string;
  note: string;
  attempts: number;
  createdAt: string;
  calledBy: string | null;
}

export interface EnquiryRow {
  requestId: string;
  number: string;
  kind: 'quote' | 'order';
  buyer: string;
  deadline: string | null;
  timeZone: string;
  status: DeskEnquiry['status'];
  deliveryId: string;
  linkVersion: number;
  lines: PricedRow[];
}
