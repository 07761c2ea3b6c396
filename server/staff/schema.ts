import { type Static, Type } from 'typebox';
import { accountRoles } from '#server/common/enums/accounts.ts';
import { Id, Instant, Listing, PageQuery, StringEnum, TextOrNull } from '#server/platform/schema.ts';

export const PeopleQuery = Type.Object({
  ...PageQuery.properties,
  /** A part of the address. */
  q: Type.String({ minLength: 1, maxLength: 200 }),
});

const personFields = {
  id: Id,
  name: Type.String(),
  email: Type.String(),
  role: StringEnum(accountRoles),
  createdAt: Instant,
};

export const PersonRow = Type.Object(personFields, { title: 'PersonRow' });
export const PersonList = Listing(PersonRow);
export type PersonList = Static<typeof PersonList>;

export const Person = Type.Object(
  {
    ...personFields,
    company: TextOrNull,
    locale: Type.String(),
    /** Live ones. */
    sessions: Type.Integer(),
    /** Whether logins are refused or slowed because of wrong passwords. */
    isThrottled: Type.Boolean(),
    /** Whether logins need an authenticator app, a passkey or a recovery code. */
    hasSecondFactor: Type.Boolean(),
  },
  { title: 'Person' },
);
export type Person = Static<typeof Person>;

export const FactorResetBody = Type.Object(
  {
    /** How the person proved who they are. Without personal data: the audit log is never erased. */
    reason: Type.String({ minLength: 1, maxLength: 500 }),
  },
  { additionalProperties: false },
);

const DeliveryStatus = StringEnum([
  'queued',
  'waiting',
  'sent',
  'bounced',
  'suppressed',
  'failed',
  'withdrawn',
]);

export const DeliveriesQuery = Type.Object({
  ...PageQuery.properties,
  /** Only those that didn't go out, or only those that did. */
  state: Type.Optional(StringEnum(['unsent', 'sent'])),
  /** A part of the address. */
  q: Type.Optional(Type.String({ maxLength: 200 })),
});
export type DeliveriesQuery = Static<typeof DeliveriesQuery>;

export const StaffDelivery = Type.Object(
  {
    id: Id,
    kind: Type.String(),
    to: Type.String(),
    status: DeliveryStatus,
    decidedAt: Instant,
    statusAt: Instant,
    attempts: Type.Integer(),
    /** The mail server's words. */
    error: TextOrNull,
    canResend: Type.Boolean(),
  },
  { title: 'StaffDelivery' },
);
export type StaffDelivery = Static<typeof StaffDelivery>;
export const StaffDeliveryList = Listing(StaffDelivery);
export type StaffDeliveryList = Static<typeof StaffDeliveryList>;
