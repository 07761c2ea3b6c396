import { type Static, Type } from 'typebox';
import { TextOrNull } from '#server/platform/schema.ts';

const Mark = Type.Integer({ minimum: 1, maximum: 5 });

/** What the caller thought of the line and of the agent, 1 (bad) to 5 (good). */
export const RateCallBody = Type.Object(
  { line: Mark, agent: Mark, comment: Type.Optional(Type.String({ maxLength: 2_000 })) },
  { additionalProperties: false },
);
export type RateCallBody = Static<typeof RateCallBody>;

export const CallRating = Type.Object(
  { line: Mark, agent: Mark, comment: TextOrNull },
  { title: 'CallRating' },
);
export type CallRating = Static<typeof CallRating>;
