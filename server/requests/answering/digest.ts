import type { Context } from '#server/context.ts';
import { lockEnquiries } from '../enquiries/queries.ts';
import { answerDigestMail } from '../mails/kinds.ts';
import { mailBuyer } from '../mails/queue.ts';
import * as queries from './queries.ts';

/** Mails the buyer the answers that came since the last digest. A no-op when there are none. */
export async function mailDigest(ctx: Context, requestId: string): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    // Waits for answers being written, so that none falls between two digests.
    await lockEnquiries(tx, requestId);
    const quoteIds = await queries.untoldQuotes(tx, requestId);
    const [reason] = quoteIds;
    if (reason === undefined) return;
    const news = { requestId, kind: answerDigestMail, reason, content: { quoteIds } };
    await mailBuyer(tx, ctx, news, at);
  });
}
