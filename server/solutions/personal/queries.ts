import { sql } from 'drizzle-orm';
import type { PersonalData } from '#server/platform/personal.ts';

export const personal: PersonalData = {
  // Sent ones, and those that wait for an approver, are referred to by what was sent.
  tables: { solutions: 'pseudonym', buyer_lists: 'erased', solution_additions: 'kept' },
  async copy(db, { buyerId }) {
    const solutions = await db.execute(sql`
      select s.id, s.name, s.current, s.created_at as "createdAt", s.sent_at as "sentAt", s.shared_at as "sharedAt",
        (select coalesce(json_agg(json_build_object('code', p.code, 'name', p.name, 'quantity', l.quantity,
            'options', l.options, 'note', l.note) order by l.position), '[]')
          from solution_lines l join products p on p.id = l.product_id
          where l.solution_id = s.id and l.removed_at is null) as lines
      from solutions s where s.buyer_id = ${buyerId} order by s.created_at`);
    return { solutions: [...solutions] };
  },
  async erase(tx, { buyerId }) {
    await tx.execute(sql`delete from buyer_lists where buyer_id = ${buyerId}`);
    await tx.execute(sql`
      delete from solutions where buyer_id = ${buyerId} and sent_at is null
        and not exists (select from approvals where approvals.solution_id = solutions.id)`);
    await tx.execute(sql`
      update solution_lines set note = '' where note <> ''
        and solution_id in (select id from solutions where buyer_id = ${buyerId})`);
    await tx.execute(sql`
      update solutions set name = '', current = false, shared_at = null, share_version = share_version + 1
      where buyer_id = ${buyerId} and (name <> '' or current or shared_at is not null)`);
  },
};
