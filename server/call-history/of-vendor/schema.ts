import { type Static, Type } from 'typebox';
import { CallKind } from '#server/calls/schema.ts';
import { Listing, PageQuery, StringEnum, TextOrNull } from '#server/platform/schema.ts';
import { listedCall } from '../schema.ts';

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
    ...listedCall,
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
