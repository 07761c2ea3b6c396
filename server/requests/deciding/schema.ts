import { type Static, Type } from 'typebox';
import { Id, Instant } from '#server/platform/schema.ts';

const longText = Type.String({ maxLength: 2_000 });

export const Acceptance = Type.Object(
  {
    quotes: Type.Array(
      Type.Object({
        quoteId: Id,
        /** Default: all offered lines that aren't accepted yet. */
        lineIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 5_000 })),
      }),
      { minItems: 1, maxItems: 200 },
    ),
  },
  { title: 'Acceptance' },
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
export const NewDeadline = Type.Object({ enquiryId: Id, deadline: Instant });
export type NewDeadline = Static<typeof NewDeadline>;
