import { type Static, Type } from 'typebox';
import { creditPattern } from '#server/common/credits.ts';
import { companyRoles, invitationStates } from '#server/common/enums/companies.ts';
import { Day, Id, Instant, Money, StringEnum, TextOrNull } from '#server/platform/schema.ts';

export const Role = StringEnum(companyRoles);
export type Role = Static<typeof Role>;

const LimitList = Type.Array(Money, { maxItems: 40 });

/** What a person may order without an approval, gross: one amount per currency; empty: without a limit. */
const limitFields = {
  /** Of one request, with what was ordered of it before. */
  limits: LimitList,
  /** Of a calendar month in the company's time zone. */
  monthlyLimits: LimitList,
};
export const Limits = Type.Object(limitFields);
export type Limits = Static<typeof Limits>;

const StandIn = Type.Object({ id: Id, name: Type.String(), from: Day, until: Day }, { title: 'StandIn' });

export const Colleague = Type.Object(
  {
    id: Id,
    name: Type.String(),
    email: Type.String(),
    role: Role,
    ...limitFields,
    /** The most credit for support calls in a month; null: no limit. */
    monthlyCredits: TextOrNull,
    /** Who decides for this approver; null: nobody. */
    standIn: Type.Union([StandIn, Type.Null()]),
    joinedAt: Instant,
    /** The person who asks. */
    isYou: Type.Boolean(),
  },
  { title: 'Colleague' },
);
export type Colleague = Static<typeof Colleague>;

export const Invitation = Type.Object(
  {
    id: Id,
    email: Type.String(),
    role: Role,
    ...limitFields,
    /** The most credit for support calls in a month; null: no limit. */
    monthlyCredits: TextOrNull,
    state: StringEnum(invitationStates),
    /** Of the newest mail; null: none any more. */
    mail: TextOrNull,
    sentAt: Instant,
    expiresAt: Instant,
  },
  { title: 'Invitation' },
);
export type Invitation = Static<typeof Invitation>;

export const Company = Type.Object(
  {
    id: Id,
    name: Type.String(),
    timeZone: Type.String(),
    /** The role of the person who asks. */
    role: Role,
    people: Type.Array(Colleague),
    /** Open and expired ones; for admins only, else empty. */
    invitations: Type.Array(Invitation),
  },
  { title: 'Company' },
);
export type Company = Static<typeof Company>;

const Name = Type.String({ maxLength: 200 });
const TimeZone = Type.String({ maxLength: 64 });

export const NewCompanyBody = Type.Object(
  { name: Name, timeZone: Type.Optional(TimeZone) },
  { additionalProperties: false },
);
export type NewCompanyBody = Static<typeof NewCompanyBody>;

export const CompanyBody = Type.Object(
  { name: Type.Optional(Name), timeZone: Type.Optional(TimeZone) },
  { additionalProperties: false },
);
export type CompanyBody = Static<typeof CompanyBody>;

/** Credit as a decimal string with up to two places; null: no limit. */
const MonthlyCredits = Type.Optional(Type.Union([Type.String({ pattern: creditPattern }), Type.Null()]));

export const InviteBody = Type.Object(
  {
    email: Type.String({ maxLength: 320 }),
    role: Type.Optional(Role),
    limits: Type.Optional(LimitList),
    monthlyLimits: Type.Optional(LimitList),
    monthlyCredits: MonthlyCredits,
  },
  { additionalProperties: false },
);
export type InviteBody = Static<typeof InviteBody>;

export const ColleagueBody = Type.Object(
  {
    role: Type.Optional(Role),
    limits: Type.Optional(LimitList),
    monthlyLimits: Type.Optional(LimitList),
    monthlyCredits: MonthlyCredits,
  },
  { additionalProperties: false },
);
export type ColleagueBody = Static<typeof ColleagueBody>;

export const StandInBody = Type.Object(
  /** `id`: of a colleague; both days are included. */
  { id: Id, from: Day, until: Day },
  { additionalProperties: false },
);
export type StandInBody = Static<typeof StandInBody>;

/** An invitation as the person sees it whom it is for. */
export const OwnInvitation = Type.Object(
  {
    id: Id,
    company: Type.String(),
    email: Type.String(),
    role: Role,
    /** The name of the person who invited. */
    invitedBy: Type.String(),
    state: StringEnum(invitationStates),
    expiresAt: Instant,
  },
  { title: 'OwnInvitation' },
);
export type OwnInvitation = Static<typeof OwnInvitation>;
export const OwnInvitations = Type.Object({ items: Type.Array(OwnInvitation) });
