import { type Static, Type } from 'typebox';
import { accountRoles } from '#server/common/enums/accounts.ts';
import { Id, TextOrNull, StringEnum } from '#server/platform/schema.ts';

export const LoginBody = Type.Object({
  email: Type.String({ minLength: 1, maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
});

/** Who is logged in. */
export const Me = Type.Object(
  {
    id: Id,
    email: Type.String(),
    name: Type.String(),
    role: StringEnum(accountRoles),
    locale: Type.String(),
    /** Of an agent or manager. */
    vendorId: TextOrNull,
    /** Of an agent. */
    agentId: TextOrNull,
  },
  { title: 'Me' },
);
export type Me = Static<typeof Me>;
