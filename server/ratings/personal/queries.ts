import { sql } from 'drizzle-orm';
import type { PersonalData } from '#server/platform/personal.ts';

export const personal: PersonalData = {
  tables: {},
  async copy(db, { buyerId }) {
    const ratings = await db.execute(sql`
      select r.call_id as "callId", r.line, r.agent, r.comment, r.at
      from call_ratings r join calls c on c.id = r.call_id where c.buyer_id = ${buyerId} order by r.at`);
    return { ratings: [...ratings] };
  },
  async erase(tx, { buyerId }) {
    await tx.execute(sql`
      update call_ratings set comment = null
      where comment is not null and call_id in (select id from calls where buyer_id = ${buyerId})`);
  },
};
