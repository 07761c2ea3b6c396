import { type Static, Type } from 'typebox';
import { Id, InstantOrNull, StringEnum, TextOrNull } from '#server/platform/schema.ts';

/** In the order of their urgency. */
export const needKinds = [
  'expiring',
  'approval',
  'decide',
  'question',
  'call_back',
  'rate',
  'top_up',
] as const;

/** Something that waits for the buyer. */
const Waiting = Type.Object({
  /** Of the request, approval, call-back, call or top-up. */
  id: Id,
  /** A request's number or a top-up's reference; else empty, as for an order that isn't sent yet. */
  number: Type.String(),
  /** A request's title or a product's name. */
  title: Type.String(),
  /** Who answered, asked or talked. */
  vendor: TextOrNull,
  /** When it ends or was wanted. */
  at: InstantOrNull,
});

/** `items`: the first few. */
export const Need = Type.Object(
  { kind: StringEnum(needKinds), total: Type.Integer(), items: Type.Array(Waiting) },
  { title: 'Need' },
);
export type Need = Static<typeof Need>;

/** Only what there is, the most urgent first. */
export const Overview = Type.Object({ needs: Type.Array(Need) }, { title: 'Overview' });
export type Overview = Static<typeof Overview>;
