import { sql } from 'drizzle-orm';
import type { PersonalData } from '#server/platform/personal.ts';
import { announcing } from '#server/platform/realtime.ts';

export const personal: PersonalData = {
  tables: { call_backs: 'pseudonym' },
  async copy(db, { buyerId }) {
    const callBacks = await db.execute(sql`
      select b.id, b.kind, b.phone, b.name, b.note, v.name as vendor, b.wanted_at as "wantedAt", b.status,
        b.created_at as "createdAt"
      from call_backs b join vendors v on v.id = b.vendor_id where b.buyer_id = ${buyerId} order by b.created_at`);
    return { callBacks: [...callBacks] };
  },
  async erase(tx, { buyerId }, at) {
    const now = at.toISOString();
    await tx.execute(sql`
      update call_backs set phone = null, name = '', note = '', account_id = null, idempotency_key = null,
        status = case when status in ('open', 'calling') then 'cancelled' else status end,
        status_at = case when status in ('open', 'calling') then ${now}::timestamptz else status_at end
      where buyer_id = ${buyerId}
      returning ${announcing(sql`'vendor:' || vendor_id`)}`);
  },
};
