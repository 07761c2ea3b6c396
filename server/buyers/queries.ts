import { and, eq, gte, inArray, isNull, lt, sql } from 'drizzle-orm';
import { builtOnce } from '#db/built.ts';
import { type Db, planOnce } from '#db/client.ts';
import { buyers, visitors } from '#db/tables/buyers.ts';

/** A browser with a buyer. */
export interface Browser {
  id: string;
  buyerId: string;
  /** When its cookie was last set. */
  cookieAt: Date;
}

const browserColumns = { id: visitors.id, buyerId: visitors.buyerId, cookieAt: visitors.cookieAt };

/** Returns a browser whose cookie was set since then. */
export async function findBrowser(db: Db, tokenHash: Buffer, since: Date): Promise<Browser | null> {
  const [browser] = await browserOf(db, { tokenHash, since });
  return browser ?? null;
}

const browserOf = builtOnce<{ tokenHash: Buffer; since: Date }, Browser>((db, { tokenHash, since }) =>
  db
    .select(browserColumns)
    .from(visitors)
    .where(
      and(
        eq(visitors.tokenHash, sql.param(tokenHash, visitors.tokenHash)),
        gte(visitors.cookieAt, sql.param(since, visitors.cookieAt)),
        sql`true ${planOnce}`,
      ),
    ),
);

/** Locks the browser, so that its logins and logouts don't interleave. */
export async function lockBrowser(tx: Db, tokenHash: Buffer): Promise<Browser | null> {
  const [browser] = await tx
    .select(browserColumns)
    .from(visitors)
    .where(eq(visitors.tokenHash, tokenHash))
    .for('no key update');
  return browser ?? null;
}

/** Inserts a browser with a new buyer. Returns the buyer's id. */
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

/** Gives a browser a new buyer. */
export async function giveNewBuyer(tx: Db, id: string, now: Date): Promise<void> {
  await tx.execute(sql`
    with buyer as (insert into buyers (created_at) values (${now.toISOString()}) returning id)
    update visitors set buyer_id = buyer.id from buyer where visitors.id = ${id}`);
}

/** Replaces a browser's token. Returns false if there is no browser with the old one. */
export async function changeToken(tx: Db, tokenHash: Buffer, newHash: Buffer, now: Date): Promise<boolean> {
  const changed = await tx
    .update(visitors)
    .set({ tokenHash: newHash, cookieAt: now })
    .where(eq(visitors.tokenHash, tokenHash))
    .returning({ id: visitors.id });
  return changed.length > 0;
}

/** Records that a browser's cookie is renewed. Returns false if another request has just done so. */
export async function renewCookie(db: Db, id: string, before: Date, now: Date): Promise<boolean> {
  const renewed = await db
    .update(visitors)
    .set({ cookieAt: now })
    .where(and(eq(visitors.id, id), lt(visitors.cookieAt, before)))
    .returning({ id: visitors.id });
  return renewed.length > 0;
}

/** Inserts a buyer. Returns its id. */
export async function createBuyer(tx: Db): Promise<string> {
  const [created] = await tx.insert(buyers).values({}).returning({ id: buyers.id });
  if (!created) throw new Error('the database returned no buyer');
  return created.id;
}

/** Locks a buyer, so that its changes don't interleave. Returns false if it was merged or erased. */
export async function lockBuyer(tx: Db, id: string): Promise<boolean> {
  const found = await tx
    .select({ id: buyers.id })
    .from(buyers)
    .where(and(eq(buyers.id, id), isNull(buyers.mergedInto), isNull(buyers.erasedAt)))
    // "no key" doesn't block inserts that reference the buyer, such as a call.
    .for('no key update');
  return found.length > 0;
}

/** Blocks `lockForMerge` until the transaction ends. Returns false if the buyer was merged or erased. */
export async function delayMerge(tx: Db, id: string): Promise<boolean> {
  const found = await tx
    .select({ id: buyers.id })
    .from(buyers)
    .where(and(eq(buyers.id, id), isNull(buyers.mergedInto), isNull(buyers.erasedAt)))
    .for('key share');
  return found.length > 0;
}

/** Locks buyers, also against inserts that reference them. */
export async function lockForMerge(tx: Db, ids: readonly string[]): Promise<void> {
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

export async function markErased(tx: Db, id: string, at: Date): Promise<void> {
  await tx.update(buyers).set({ erasedAt: at }).where(eq(buyers.id, id));
}
