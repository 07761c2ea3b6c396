import { type Static, Type } from 'typebox';
import { accountRoles } from '#server/common/enums/accounts.ts';
import { Id, TextOrNull, StringEnum } from '#server/platform/schema.ts';

export const LoginBody = Type.Object({
  email: Type.String({ minLength: 1, maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
});

const EmailText = Type.String({ maxLength: 320 });
/** Its length is checked together with the other fields. */
const NewPassword = Type.String({ maxLength: 1_000 });

export const RegisterBody = Type.Object(
  {
    name: Type.String({ maxLength: 200 }),
    email: EmailText,
    /** 8 to 128 characters of any kind. */
    password: NewPassword,
    /** The language of mails and pages, as a BCP 47 tag. Default: English. */
    locale: Type.Optional(Type.String({ minLength: 2, maxLength: 35 })),
    company: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { title: 'Registration', additionalProperties: false },
);
export type RegisterBody = Static<typeof RegisterBody>;

export const VerifyAddressBody = Type.Object(
  {
    token: Type.String({ maxLength: 200 }),
    /** The one chosen at registration. The browser that registered may leave it out. */
    password: Type.Optional(Type.String({ maxLength: 1_000 })),
  },
  { additionalProperties: false },
);
export type VerifyAddressBody = Static<typeof VerifyAddressBody>;

/** The logged-in account. */
export const Me = Type.Object(
  {
    id: Id,
    email: Type.String(),
    name: Type.String(),
    company: TextOrNull,
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
