import { eq } from 'drizzle-orm';
import { noticeReads } from '#db/tables/notices.ts';
import type { PersonalData } from '#server/platform/personal.ts';

export const personal: PersonalData = {
  tables: { notice_reads: 'erased' },
  async copy(db, { buyerId }) {
    const [read] = await db
      .select({ at: noticeReads.at })
      .from(noticeReads)
      .where(eq(noticeReads.buyerId, buyerId));
    return { noticesReadAt: read?.at ?? null };
  },
  async erase(tx, { buyerId }) {
    await tx.delete(noticeReads).where(eq(noticeReads.buyerId, buyerId));
  },
};
