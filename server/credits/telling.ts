import type { Db } from '#db/client.ts';
import { formatCredit } from '#server/common/credits.ts';
import { format } from '#server/common/money.ts';
import { type QueueContext, queueMails } from '#server/platform/mailing/queue.ts';
import { type TopUpNews, topUpMail } from './events.ts';
import * as queries from './queries.ts';
import { balanceOf, type TopUpState } from './rules.ts';

interface News {
  cause: TopUpNews['cause'];
  topUp: queries.TopUpRow;
  /** After it. */
  state: TopUpState;
  /** Of the payment; of a settlement, all that was received. */
  amount: bigint;
  /** Tells this mail from others about the top-up. */
  reason: string;
}

/** Queues the mail to a top-up's buyer about what came in for it. */
export async function tellBuyer(
  tx: Db,
  ctx: QueueContext,
  { cause, topUp, state, amount, reason }: News,
  at: Date,
): Promise<void> {
  const reader = await queries.readerOf(tx, topUp.buyerId);
  if (!reader) return;
  const { rest, surplus } = balanceOf(state);
  const inCurrency = (sum: bigint) => format(sum, topUp.currency);
  const content = {
    ...{ cause, reference: topUp.reference, currency: topUp.currency },
    credits: formatCredit(state.credits),
    ordered: cause === 'settled' ? formatCredit(topUp.credits) : null,
    ...{ amount: inCurrency(amount), received: inCurrency(state.received) },
    ...{ rest: inCurrency(rest), surplus: inCurrency(surplus) },
  };
  const to = { role: 'buyer', ...reader };
  await queueMails(tx, ctx, [{ kind: topUpMail, subjectId: topUp.id, reason, to, content }], at);
}
