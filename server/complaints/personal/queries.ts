import { sql } from 'drizzle-orm';
import { isStillOf, type PersonalData } from '#server/platform/personal.ts';
import * as queries from '../queries.ts';

/** What was written in a complaint stays for the vendor and staff. The name is that of the account. */
export const personal: PersonalData = {
  tables: { complaints: 'kept', complaint_messages: 'kept' },
  async copy(db, person) {
    const complaints = await db.execute(sql`
      select c.number, c.subject_type as about, c.category, c.wish, c.status, c.created_at as "createdAt", c.decision,
        c.reason,
        (select coalesce(json_agg(json_build_object('author', m.author, 'text', m.text, 'createdAt', m.created_at)
            order by m.created_at, m.id), '[]')
          from complaint_messages m where m.complaint_id = c.id and m.audience = 'everyone') as messages
      from complaints c where ${isStillOf('c', person)} order by c.created_at`);
    return { complaints: [...complaints] };
  },
  async obstacles(db, { buyerId }) {
    const open = await queries.openNumbers(db, buyerId);
    return open.map((number) => ({ code: 'open_complaint', number }));
  },
};
