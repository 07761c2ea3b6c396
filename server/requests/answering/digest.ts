import type { Context } from '#server/context.ts';
import { lockEnquiries } from '../enquiries/queries.ts';
import { answerDigestMail } from '../mails/kinds.ts';
import { mailBuyer } from '../mails/queue.ts';
import * as queries from './queries.ts';

/** Mails the buyer the answers that came since the last digest. A no-op when there are none. */
export async function mailDigest(ctx: Context, requestId: string): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    // Wait for answers that are being written, so that no digest misses them.
    await lockEnquiries(tx, requestId);
    const quoteIds = await queries.quotesNotInDigest(tx, requestId);
    const [reason] = quoteIds;
    if (reason === undefined) return;
    const mail = { requestId, kind: answerDigestMail, reason, content: { quoteIds } };
    await mailBuyer(tx, ctx, mail, at);
  });
}
