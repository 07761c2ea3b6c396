import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { Member } from './auth/actors.ts';
import { isSeenBy } from './auth/seeing.ts';

/** The person of a buyer's account. */
export interface Person {
  accountId: string;
  buyerId: string;
  /** The address of the account, and those it had until lately, in lower case. */
  emails: readonly string[];
  /** The company that they belong to now. `isAlone`: they are its only person, so it ends with them. */
  member: (Member & { isAlone: boolean }) | null;
}

/** Returns the company that ends with a person; null: none. */
export const endingCompany = ({ member }: Person): string | null =>
  member?.isAlone ? member.companyId : null;

/** Returns whether the rows under an alias, with `buyer_id` and `company_id`, are the person's and not of a former company. */
export const isStillOf = (alias: string, person: Person): SQL =>
  sql`(${sql.raw(alias)}.buyer_id = ${person.buyerId} and ${isSeenBy(alias, person)})`;

/**
 * Returns whether the rows under an alias, with `buyer_id` and `company_id`, end with the person: their own, and those of
 * the company that has nobody else.
 */
export const endsWith = (alias: string, { buyerId, member }: Person): SQL =>
  isSeenBy(alias, { buyerId, member: member?.isAlone ? member : null });

/** Why a person can't be erased yet. */
export interface Obstacle {
  code: (typeof obstacles)[number];
  /** Of the order, complaint or top-up. */
  number?: string;
}

export const obstacles = [
  'open_order',
  'open_hold',
  'open_call',
  'open_complaint',
  'open_top_up',
  'last_admin',
] as const;

/** Credit or money of a person, as decimal text. `unit`: "credit" or an ISO 4217 code. */
export interface Leftover {
  unit: string;
  amount: string;
}

/** What notifies others of an erasure. */
export type Notifying = Pick<Context, 'config' | 'hooks' | 'jobs'>;

/**
 * What becomes of the rows of a table that point to a person: `erased` rows are deleted or emptied; `pseudonym`: what names
 * the person is replaced; `kept`: nothing in them names the person, or the law or others need it.
 */
export type Fate = 'erased' | 'pseudonym' | 'kept';

/** What a feature keeps of people. */
export interface PersonalData {
  /** All its tables with columns that point to a buyer or an account, or hold their addresses. */
  tables: Readonly<Record<string, Fate>>;
  /** Returns what a person gets as a copy, by name. */
  copy?: (db: Db, person: Person) => Promise<Record<string, unknown>>;
  /** Locks what others lock before the buyer. */
  lockBefore?: (tx: Db, person: Person) => Promise<void>;
  /** Locks what others change without the buyer, or after it. */
  lockAfter?: (tx: Db, person: Person) => Promise<void>;
  obstacles?: (db: Db, person: Person, now: Date) => Promise<Obstacle[]>;
  /** Returns what the person owns and has to give up. */
  leftovers?: (db: Db, person: Person) => Promise<Leftover[]>;
  /** Erases the person. Idempotent. `notifying` null: after a restore, when others have been notified. */
  erase?: (tx: Db, person: Person, at: Date, notifying: Notifying | null) => Promise<void>;
}

/** Never gets a mail (RFC 2606). */
const erasedDomain = 'erased.invalid';

/** The pattern of their addresses in SQL. */
export const erasedEmails = `%@${erasedDomain}`;

/** Returns the name and address of a person who was erased. */
export const pseudonymOf = ({ buyerId }: Pick<Person, 'buyerId'>): { name: string; email: string } => ({
  name: `Erased ${buyerId.slice(-8).toUpperCase()}`,
  email: `erased-${buyerId}@${erasedDomain}`,
});

/** Returns whether this is the address of a person who was erased. */
export const isErased = (email: string): boolean => email.endsWith(`@${erasedDomain}`);
