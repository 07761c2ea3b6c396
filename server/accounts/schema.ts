import { type Static, Type } from 'typebox';
import { accountRoles } from '#server/common/enums/accounts.ts';
import { Id, TextOrNull, StringEnum } from '#server/platform/schema.ts';

export const LoginBody = Type.Object({
  email: Type.String({ minLength: 1, maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
});

/** The logged-in account. */
export const Me = Type.Object(
  {
    id: Id,
    email: Type.String(),
    name: Type.String(),
    role: StringEnum(accountRoles),
    locale: Type.String(),
    /** Set for agents and managers. */
    vendorId: TextOrNull,
    /** Set for agents. */
    agentId: TextOrNull,
  },
  { title: 'Me' },
);
export type Me = Static<typeof Me>;
