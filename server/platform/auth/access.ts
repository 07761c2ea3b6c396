import { companyRoles } from '#server/common/enums/companies.ts';
import type { Scope } from '../feature.ts';
import type { LoggedIn, Guest } from './actors.ts';

export type CompanyRole = (typeof companyRoles)[number];

/** As whom somebody calls. `guest`: without a login. `buyer`: a buyer's account of no company. */
export type Who =
  'guest' | 'buyer' | CompanyRole | 'agent' | 'manager' | 'staff' | 'holder' | 'twilio' | 'stripe';

/**
 * Whose object a caller may name in the URL or the body; any other is refused like one that doesn't exist.
 * `none`: nobody's in particular. `self`: none is named, it is about what the caller has or makes.
 * `own`: the caller's. `company`: also that of the caller's colleagues. `own, company seen`: the caller's; a colleague's is
 * refused as forbidden, because they may read it. `vendor`: that of the caller's vendor.
 * `any`: everybody's.
 */
export type Whose = 'none' | 'self' | 'own' | 'company' | 'own, company seen' | 'vendor' | 'any';

/**
 * What a browser without a buyer gets: `refuse` with `not_found`, `create` a buyer once the request has been validated,
 * `create current` only for the id "current", or `admit` as a guest.
 */
export type GuestPolicy = 'refuse' | 'create' | 'create current' | 'admit';

/** Who may call an operation, and on whose object. */
export interface Row {
  scope: Scope;
  who: Readonly<Partial<Record<Who, Whose>>>;
  /** Open to accounts that must have a second factor and have none: how they set one up. */
  withoutFactor?: true;
  /** Buyer scope, if guests are admitted. */
  guest?: GuestPolicy;
  /** Link scope: the purpose of the link that the route's `:token` belongs to. */
  link?: string;
}

/** Rows by operation id. */
export type AccessTable = Readonly<Record<string, Row>>;

const all = <Key extends Who>(keys: readonly Key[], whose: Whose) =>
  Object.fromEntries(keys.map((key) => [key, whose])) as Record<Key, Whose>;

const buyerRoles = ['buyer', ...companyRoles] as const;
const accountRoles = [...buyerRoles, 'agent', 'manager', 'staff'] as const;
type AccountRole = (typeof accountRoles)[number];

/** Everybody. The session isn't read; `own` is what a token in the URL or the body leads to. */
export const anyone = (whose: 'none' | 'own' | 'any' = 'none'): Row => ({
  scope: 'public',
  who: all(['guest', ...accountRoles], whose),
});

/** Everybody who has logged in, in any role, or by role on whose object: `accounts({ manager: 'vendor', staff: 'any' })`. */
export const accounts = (whose: Whose | Partial<Record<AccountRole, Whose>>): Row => ({
  scope: 'public',
  who: typeof whose === 'string' ? all(accountRoles, whose) : whose,
});

/** The same, also for accounts that must have a second factor and have none. */
export const evenWithoutFactor = (row: Row): Row => ({ ...row, withoutFactor: true });

/** Every browser, logged in or not: guests, buyers, and agents, managers and staff for their browser's buyer. */
export const visitors = (whose: Whose, guest: GuestPolicy = 'refuse'): Row => ({
  scope: 'buyer',
  who: all(['guest', ...accountRoles], whose),
  guest,
});

/** As `visitors` of what is their own; people of a company also read what colleagues have. */
export const visitorsAndColleagues = (): Row => ({
  scope: 'buyer',
  who: { ...all(['guest', ...accountRoles], 'own'), ...all(companyRoles, 'company') },
});

/** What buyers with an account may act on: approvers and admins of a company also on what colleagues have. */
export const ownOrDecided = {
  buyer: 'own',
  requester: 'own, company seen',
  approver: 'company',
  admin: 'company',
} as const;

/** As `visitors` of what is their own; approvers and admins of a company also act on what colleagues have. */
export const visitorsAndApprovers = (): Row => ({
  scope: 'buyer',
  who: {
    ...all(['guest', ...accountRoles], 'own'),
    ...ownOrDecided,
  },
});

/** Buyers who have logged in, whatever their role in a company. */
export const buyers = (whose: Whose): Row => ({ scope: 'buyer', who: all(buyerRoles, whose) });

/** As `buyers` of what is their own; people of a company also read what colleagues have. */
export const buyersAndColleagues = (): Row => ({
  scope: 'buyer',
  who: { ...all(buyerRoles, 'own'), ...all(companyRoles, 'company') },
});

/** As `buyers` of what is their own; approvers and admins of a company also act on what colleagues have. */
export const buyersAndApprovers = (): Row => ({ scope: 'buyer', who: ownOrDecided });

/** People of a company: in one of the roles, or by role on whose object. */
export const members = (
  whose: Whose | Partial<Record<CompanyRole, Whose>>,
  roles: readonly CompanyRole[] = companyRoles,
): Row => ({ scope: 'buyer', who: typeof whose === 'string' ? all(roles, whose) : whose });

export const agents = (whose: Whose): Row => ({ scope: 'agent', who: { agent: whose } });
export const managers = (whose: Whose): Row => ({ scope: 'vendor', who: { manager: whose } });
export const staff = (whose: Whose): Row => ({ scope: 'staff', who: { staff: whose } });

/** Anybody with a link of a mail, logged in or not, on what it leads to. */
export const holders = (purpose: string): Row => ({ scope: 'link', who: { holder: 'own' }, link: purpose });

/** Requests that Twilio has signed. */
export const twilio = (): Row => ({ scope: 'webhook', who: { twilio: 'any' } });

/** Events that Stripe has signed. */
export const stripe = (): Row => ({ scope: 'webhook', who: { stripe: 'any' } });

/** Returns as whom somebody without a link or signature calls. */
export function whoIs(actor: Guest | LoggedIn): Who {
  if (!actor.account) return 'guest';
  const { role } = actor.account;
  return actor.kind === 'buyer' && role === 'buyer' ? (actor.member?.role ?? 'buyer') : role;
}
