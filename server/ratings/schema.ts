import { type Static, Type } from 'typebox';
import { TextOrNull } from '#server/platform/schema.ts';

const Score = Type.Integer({ minimum: 1, maximum: 5 });

/** The caller's ratings of the line quality and the agent, 1 (bad) to 5 (good). */
export const RateCallBody = Type.Object(
  { line: Score, agent: Score, comment: Type.Optional(Type.String({ maxLength: 2_000 })) },
  { additionalProperties: false },
);
export type RateCallBody = Static<typeof RateCallBody>;

export const CallRating = Type.Object(
  { line: Score, agent: Score, comment: TextOrNull },
  { title: 'CallRating' },
);
export type CallRating = Static<typeof CallRating>;
