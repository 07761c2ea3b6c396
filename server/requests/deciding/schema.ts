import { type Static, Type } from 'typebox';
import { Day, Id, Instant } from '#server/platform/schema.ts';
import { Address } from '../schema.ts';

const longText = Type.String({ maxLength: 2_000 });

export const Acceptance = Type.Object(
  {
    quotes: Type.Array(
      Type.Object(
        {
          quoteId: Id,
          /** Default: all offered lines that aren't accepted yet. */
          lineIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 5_000 })),
        },
        // An acceptance binds: one that says more than is understood is refused.
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 200 },
    ),
    /** What the request didn't say. What it said stays. */
    company: Type.Optional(Type.String({ maxLength: 200 })),
    delivery: Type.Optional(Address),
    billing: Type.Optional(Address),
  },
  { title: 'Acceptance', additionalProperties: false },
);
export type Acceptance = Static<typeof Acceptance>;

export const QuoteDecline = Type.Object({ quoteId: Id, reason: Type.Optional(longText) });
export type QuoteDecline = Static<typeof QuoteDecline>;
export const Revision = Type.Object({
  enquiryId: Id,
  message: Type.String({ minLength: 1, maxLength: 5_000, pattern: '\\S' }),
});
export type Revision = Static<typeof Revision>;

export const NewMessage = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 10_000, pattern: '\\S' }),
});
export const NewFollowMessage = Type.Object({ enquiryId: Id, ...NewMessage.properties });
/** `deadline`: a date-time, or a day, whose end in the request's time zone counts. */
export const NewDeadline = Type.Object({ enquiryId: Id, deadline: Type.Union([Instant, Day]) });
export type NewDeadline = Static<typeof NewDeadline>;
