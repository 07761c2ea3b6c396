import { type Static, Type } from 'typebox';
import { accountRoles } from '#server/common/enums/accounts.ts';
import { Id, Instant, TextOrNull, StringEnum } from '#server/platform/schema.ts';
import { Passkey } from './passkeys/schema.ts';

export const LoginBody = Type.Object({
  email: Type.String({ minLength: 1, maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
  /** Of the authenticator app, or a recovery code, for an account with a second factor. */
  code: Type.Optional(Type.String({ maxLength: 100 })),
});

const EmailText = Type.String({ maxLength: 320 });
/** Its length is checked together with the other fields. */
const NewPassword = Type.String({ maxLength: 1_000 });
/** Language, script and region, which `Intl` takes whatever they are. */
const LanguageTag = Type.String({
  pattern: '^[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?$',
});

export const RegisterBody = Type.Object(
  {
    name: Type.String({ maxLength: 200 }),
    email: EmailText,
    /** 8 to 128 characters of any kind. */
    password: NewPassword,
    /** The language of mails and pages, as a BCP 47 tag. Default: English. */
    locale: Type.Optional(LanguageTag),
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
    /** Of the second factor, where the password of an account that has one is required. */
    code: Type.Optional(Type.String({ maxLength: 100 })),
  },
  { additionalProperties: false },
);
export type VerifyAddressBody = Static<typeof VerifyAddressBody>;

export const LinkCheckBody = Type.Object(
  {
    kind: StringEnum(['verification', 'password_reset', 'email_change_undo']),
    token: Type.String({ maxLength: 200 }),
  },
  { additionalProperties: false },
);
export type LinkCheckBody = Static<typeof LinkCheckBody>;

export const LinkCheck = Type.Object({
  /** Whether this browser is asked for the password of what the link is for. */
  asksPassword: Type.Boolean(),
});
export type LinkCheck = Static<typeof LinkCheck>;

export const PasswordResetBody = Type.Object({ email: EmailText }, { additionalProperties: false });

export const NewPasswordBody = Type.Object({ password: NewPassword }, { additionalProperties: false });

export const PasswordBody = Type.Object(
  { current: Type.String({ maxLength: 1_000 }), password: NewPassword },
  { additionalProperties: false },
);
export type PasswordBody = Static<typeof PasswordBody>;

export const ProfileBody = Type.Object(
  {
    name: Type.Optional(Type.String({ maxLength: 200 })),
    /** Empty: none. */
    company: Type.Optional(Type.String({ maxLength: 200 })),
    locale: Type.Optional(LanguageTag),
    /** ISO 4217; "listed": amounts as partners list them. */
    currency: Type.Optional(Type.String({ maxLength: 10 })),
  },
  { additionalProperties: false },
);
export type ProfileBody = Static<typeof ProfileBody>;

export const EmailChangeBody = Type.Object(
  { email: EmailText, password: Type.String({ maxLength: 1_000 }) },
  { additionalProperties: false },
);
export type EmailChangeBody = Static<typeof EmailChangeBody>;

export const UndoBody = Type.Object(
  { token: Type.String({ maxLength: 200 }) },
  { additionalProperties: false },
);

export const CodeBody = Type.Object(
  { code: Type.String({ maxLength: 100 }) },
  { additionalProperties: false },
);

export const OwnPasswordBody = Type.Object(
  { password: Type.String({ maxLength: 1_000 }) },
  { additionalProperties: false },
);

/** The second factors of an account. */
export const TwoFactor = Type.Object(
  {
    /** Since when an authenticator app is asked for a code; null: none is. */
    totpSince: Type.Union([Instant, Type.Null()]),
    passkeys: Type.Array(Passkey),
    recoveryCodesLeft: Type.Integer(),
    /** Whether the account may do nothing else without a factor. */
    required: Type.Boolean(),
  },
  { title: 'TwoFactor' },
);
export type TwoFactor = Static<typeof TwoFactor>;

/** What an authenticator app needs, as text, address and picture. */
export const TwoFactorSecret = Type.Object(
  { secret: Type.String(), uri: Type.String(), qr: Type.String() },
  { title: 'TwoFactorSecret' },
);
export type TwoFactorSecret = Static<typeof TwoFactorSecret>;

export const RecoveryCodes = Type.Object(
  { recoveryCodes: Type.Array(Type.String()) },
  { title: 'RecoveryCodes' },
);
export type RecoveryCodes = Static<typeof RecoveryCodes>;

/** How a login whose password was right can be finished; a recovery code always does. */
export const SecondStep = Type.Object(
  { totp: Type.Boolean(), passkey: Type.Boolean() },
  { title: 'SecondStep' },
);
export type SecondStep = Static<typeof SecondStep>;

/** A browser that is logged in. */
const Session = Type.Object(
  {
    id: Id,
    /** "Firefox", "Windows"; null: unknown. */
    browser: TextOrNull,
    system: TextOrNull,
    beganAt: Instant,
    /** To the hour. */
    usedAt: Instant,
    /** The one that asks. */
    current: Type.Boolean(),
  },
  { title: 'AccountSession' },
);
export const Sessions = Type.Object({ items: Type.Array(Session) });
export type Sessions = Static<typeof Sessions>;

/** The logged-in account. */
export const Me = Type.Object(
  {
    id: Id,
    email: Type.String(),
    name: Type.String(),
    company: TextOrNull,
    role: StringEnum(accountRoles),
    locale: Type.String(),
    /** In which amounts are shown, or "listed"; null: not chosen. */
    currency: TextOrNull,
    /** Set for agents and managers. */
    vendorId: TextOrNull,
    /** Set for agents. */
    agentId: TextOrNull,
  },
  { title: 'Me' },
);
export type Me = Static<typeof Me>;

/** The account whose address was proven. `isNew`: it begins with the proof. */
export const Verified = Type.Object({ ...Me.properties, isNew: Type.Boolean() }, { title: 'Verified' });
