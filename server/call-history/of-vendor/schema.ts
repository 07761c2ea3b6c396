import { type Static, Type } from 'typebox';
import { CallKind, CallOutcome, CallStatus } from '#server/calls/schema.ts';
import {
  Id,
  Instant,
  InstantOrNull,
  Listing,
  NumberOrNull,
  PageQuery,
  StringEnum,
  TextOrNull,
} from '#server/platform/schema.ts';

/** `talked`: ended after a conversation. `missed`: ended without one. `running`: not over. */
const callResults = ['talked', 'missed', 'running'] as const;

export const VendorCallsQuery = Type.Object({
  ...PageQuery.properties,
  kind: Type.Optional(CallKind),
  result: Type.Optional(StringEnum(callResults)),
  /** A part of the agent's name, of the product's code or name, or of the agent's note. */
  q: Type.Optional(Type.String({ maxLength: 200 })),
});
export type VendorCallsQuery = Static<typeof VendorCallsQuery>;

/** A call as managers see it: nothing of the buyer but their rating. */
export const VendorCall = Type.Object(
  {
    id: Id,
    kind: CallKind,
    status: CallStatus,
    /** Null until the call has ended. */
    outcome: Type.Union([CallOutcome, Type.Null()]),
    product: Type.Object({ id: Id, slug: Type.String(), code: Type.String(), name: Type.String() }),
    /** The last agent tried; null: nobody was. */
    agent: Type.Union([Type.Object({ name: Type.String() }), Type.Null()]),
    requestedAt: Instant,
    answeredAt: InstantOrNull,
    endedAt: InstantOrNull,
    talkSeconds: NumberOrNull,
    rating: Type.Union([
      Type.Object({ line: Type.Integer(), agent: Type.Integer(), comment: TextOrNull }),
      Type.Null(),
    ]),
    /** What the agent wrote; null: nothing. */
    note: TextOrNull,
  },
  { title: 'VendorCall' },
);
export type VendorCall = Static<typeof VendorCall>;

export const VendorCallList = Listing(VendorCall);
export type VendorCallList = Static<typeof VendorCallList>;
