import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { buyers, visitors } from '#db/tables/buyers.ts';

/** A browser that has started something. */
export interface Browser {
  id: string;
  buyerId: string;
  /** When it last got its cookie. */
  cookieAt: Date;
}

const browserColumns = { id: visitors.id, buyerId: visitors.buyerId, cookieAt: visitors.cookieAt };

export async function findBrowser(db: Db, tokenHash: Buffer): Promise<Browser | null> {
  const [browser] = await db.select(browserColumns).from(visitors).where(eq(visitors.tokenHash, tokenHash));
  return browser ?? null;
}

/** Locks the browser until the transaction ends, so that its logins and logouts follow one another. */
export async function lockBrowser(tx: Db, tokenHash: Buffer): Promise<Browser | null> {
  const [browser] = await tx
    .select(browserColumns)
    .from(visitors)
    .where(eq(visitors.tokenHash, tokenHash))
    .for('no key update');
  return browser ?? null;
}

/** Makes a browser with a buyer of its own; returns the buyer's id. */
export async function addBrowser(db: Db, tokenHash: Buffer, now: Date): Promise<string> {
  const at = now.toISOString();
  const [added] = await db.execute<{ buyerId: string }>(sql`
    with buyer as (insert into buyers (created_at) values (${at}) returning id)
    insert into visitors (token_hash, buyer_id, created_at, cookie_at)
    select decode(${tokenHash.toString('hex')}, 'hex'), id, ${at}, ${at} from buyer
    returning buyer_id as "buyerId"`);
  if (!added) throw new Error('the database returned no browser');
  return added.buyerId;
}

/** Gives a browser a buyer that has nothing yet. */
export async function refreshBrowser(tx: Db, id: string, now: Date): Promise<void> {
  await tx.execute(sql`
    with buyer as (insert into buyers (created_at) values (${now.toISOString()}) returning id)
    update visitors set buyer_id = buyer.id from buyer where visitors.id = ${id}`);
}

/** Notes that a browser gets its cookie again; false when another request of it has just done so. */
export async function renewCookie(db: Db, id: string, before: Date, now: Date): Promise<boolean> {
  const renewed = await db
    .update(visitors)
    .set({ cookieAt: now })
    .where(and(eq(visitors.id, id), lt(visitors.cookieAt, before)))
    .returning({ id: visitors.id });
  return renewed.length > 0;
}

/** Makes a buyer that has nothing yet; returns its id. */
export async function create(tx: Db): Promise<string> {
  const [created] = await tx.insert(buyers).values({}).returning({ id: buyers.id });
  if (!created) throw new Error('the database returned no buyer');
  return created.id;
}

/** Makes verbs of one buyer wait for each other until the transaction ends; false when it was merged. */
export async function lock(tx: Db, id: string): Promise<boolean> {
  const found = await tx
    .select({ id: buyers.id })
    .from(buyers)
    .where(and(eq(buyers.id, id), isNull(buyers.mergedInto)))
    // "no key": rows that refer to the buyer, such as a call that starts meanwhile, need not wait.
    .for('no key update');
  return found.length > 0;
}

/** Makes `lockOut` wait until the transaction ends; false when the buyer was merged. */
export async function hold(tx: Db, id: string): Promise<boolean> {
  const found = await tx
    .select({ id: buyers.id })
    .from(buyers)
    .where(and(eq(buyers.id, id), isNull(buyers.mergedInto)))
    .for('key share');
  return found.length > 0;
}

/** Locks buyers until the transaction ends, also against new rows of theirs. */
export async function lockOut(tx: Db, ids: readonly string[]): Promise<void> {
  await tx
    .select({ id: buyers.id })
    .from(buyers)
    .where(inArray(buyers.id, [...ids]))
    .orderBy(buyers.id)
    .for('update');
}

export async function markMerged(tx: Db, id: string, mergedInto: string): Promise<void> {
  await tx.update(buyers).set({ mergedInto }).where(eq(buyers.id, id));
}
