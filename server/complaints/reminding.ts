import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import { complaintReminded } from './events.ts';
import { mailNews } from './mailing.ts';
import * as queries from './queries.ts';
import { isOverdue } from './rules.ts';

const atOnce = 100;

/** Mails reminders that are due: to the vendor the day before, and then also to staff. Each once. */
export async function sendReminders(ctx: Context): Promise<void> {
  const at = ctx.clock.now();
  for (;;) {
    const due = await queries.dueReminders(ctx.db, at, atOnce);
    for (const id of due) await remind(ctx, id, at);
    if (due.length < atOnce) return;
  }
}

async function remind(ctx: Context, id: string, at: Date): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const found = await queries.lockComplaint(tx, { side: 'staff', accountId: '', name: '' }, id);
    if (!found) return;
    const { dueAt, remindAt } = found.complaint;
    // Taken up, decided or reminded by another worker meanwhile.
    if (dueAt === null || remindAt === null || remindAt > at) return;
    const isLast = isOverdue(dueAt, at);
    await queries.updateComplaint(tx, id, { remindAt: isLast ? null : dueAt });
    await record(tx, [
      complaintReminded({ actor: 'system', at, subjectId: id, payload: { isOverdue: isLast } }),
    ]);
    const news = isLast
      ? ({ news: 'overdue', to: ['vendor', 'staff'] } as const)
      : ({ news: 'reminder', to: ['vendor'] } as const);
    await mailNews(tx, ctx, found, { ...news, reason: `${news.news}:${dueAt.getTime()}` }, at);
  });
}
