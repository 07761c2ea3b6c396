import { type Static, Type } from 'typebox';
import { obstacles } from '#server/platform/personal.ts';
import { StringEnum } from '#server/platform/schema.ts';

/** Credit ("credit") or money (an ISO 4217 code) that is left. */
const Leftover = Type.Object(
  { unit: Type.String({ pattern: '^(credit|[A-Z]{3})$' }), amount: Type.String({ maxLength: 30 }) },
  { title: 'Leftover', additionalProperties: false },
);

export const EraseBody = Type.Object(
  {
    password: Type.String({ maxLength: 1_000 }),
    /** Of the authenticator app, or a recovery code, for an account with a second factor. */
    code: Type.Optional(Type.String({ maxLength: 100 })),
    /** All of `getErasure`'s `leftovers`, to say that they are given up. */
    giveUp: Type.Optional(Type.Array(Leftover, { maxItems: 20 })),
    /** True: the company whose only person this is ends, too. */
    endCompany: Type.Optional(Type.Boolean()),
  },
  { title: 'AccountErasure', additionalProperties: false },
);
export type EraseBody = Static<typeof EraseBody>;

/** What an erasure of the account would meet. */
export const Erasure = Type.Object(
  {
    /** Why the account can't be erased yet. */
    open: Type.Array(
      Type.Object(
        { code: StringEnum(obstacles), number: Type.Optional(Type.String()) },
        { title: 'Obstacle' },
      ),
    ),
    leftovers: Type.Array(Leftover),
    /** Whether a company ends with its only person, which `endCompany` has to say. */
    endsCompany: Type.Boolean(),
    /** Whether a code of the second factor is needed. */
    asksCode: Type.Boolean(),
  },
  { title: 'Erasure' },
);
export type Erasure = Static<typeof Erasure>;
