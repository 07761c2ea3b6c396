import { sql } from 'drizzle-orm';
import type { PersonalData } from '#server/platform/personal.ts';

/** Vendors keep when they talked, how long, and what their agents noted. */
export const personal: PersonalData = {
  tables: { calls: 'pseudonym', call_events: 'kept', call_webhooks: 'erased' },
  async copy(db, { buyerId }) {
    const calls = await db.execute(sql`
      select c.id, c.kind, c.phone, v.name as vendor, a.name as agent, c.requested_at as "requestedAt",
        c.answered_at as "answeredAt", c.ended_at as "endedAt", c.outcome, c.talk_seconds as "talkSeconds"
      from calls c join vendors v on v.id = c.vendor_id left join agents a on a.id = c.agent_id
      where c.buyer_id = ${buyerId} order by c.requested_at`);
    return { calls: [...calls] };
  },
  async obstacles(db, { buyerId }) {
    const running = await db.execute(sql`
      select 1 from calls where buyer_id = ${buyerId} and state <> 'closed' limit 1`);
    return running.length > 0 ? [{ code: 'open_call' }] : [];
  },
  async erase(tx, { buyerId }) {
    await tx.execute(sql`
      delete from call_webhooks where leg_id in (
        select l.id from call_legs l join calls c on c.id = l.call_id where c.buyer_id = ${buyerId})`);
    await tx.execute(sql`
      update calls set phone = null, address_hash = null, account_id = null, idempotency_key = null
      where buyer_id = ${buyerId}`);
  },
};
