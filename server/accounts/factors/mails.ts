import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { queueMails } from '#server/platform/mailing/queue.ts';
import { type FactorChange, secondFactorMail } from '../events.ts';
import type { StoredAccount } from '../queries.ts';

/** Mails the owner what was changed of their second factor. */
export async function mailFactorChange(
  tx: Db,
  ctx: Pick<Context, 'config' | 'jobs' | 'clock'>,
  { id, email, name, locale }: StoredAccount,
  content: FactorChange,
): Promise<void> {
  const to = { role: 'account', email, name, locale };
  await queueMails(
    tx,
    ctx,
    [{ kind: secondFactorMail, subjectId: id, reason: randomUUID(), to, content }],
    ctx.clock.now(),
  );
}
