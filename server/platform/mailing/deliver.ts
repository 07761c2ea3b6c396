import type { Context } from '#server/context.ts';
import { handle, type JobHandler } from '../jobs.ts';
import type { Mail, MailOutcome } from '../mail.ts';
import { countAttempt, findDelivery, finishDelivery } from './deliveries.ts';
import { oneLine } from './document.ts';
import { htmlOf } from './html.ts';
import { sendDelivery } from './queue.ts';
import { isGivenUp } from './rules.ts';
import type { DeliveryRow, MailTemplate, WrittenMail } from './template.ts';
import { textOf } from './text.ts';

export function mailingJobs(ctx: Context, templates: readonly MailTemplate[]): JobHandler[] {
  return [handle(sendDelivery, ({ deliveryId }) => deliver(ctx, templates, deliveryId))];
}

/**
 * Sends one mail. It ends as `sent`, `bounced` (permanently refused), `withdrawn` (out of date) or, after retries,
 * `failed`. A crash before the status is written sends an identical copy: same Message-ID, Date and link.
 */
async function deliver(ctx: Context, templates: readonly MailTemplate[], deliveryId: string): Promise<void> {
  const delivery = await findDelivery(ctx.db, deliveryId);
  if (delivery?.status !== 'queued') return;
  const template = templates.find(({ kind }) => kind.name === delivery.kind);
  const { outcome, failure } = await attempt(ctx, template, delivery);
  const at = ctx.clock.now();
  const forgetContent = template?.forgetsContent ?? false;
  if (outcome === 'withdrawn')
    return finishDelivery(ctx.db, delivery, { status: 'withdrawn', at, forgetContent });
  if (outcome?.sent) return finishDelivery(ctx.db, delivery, { status: 'sent', at, forgetContent });
  if (outcome) {
    return finishDelivery(ctx.db, delivery, {
      status: 'bounced',
      at,
      error: outcome.refusal,
      forgetContent,
    });
  }
  const error = (failure instanceof Error ? failure.message : String(failure)).slice(0, longestError);
  if (isGivenUp(delivery.decidedAt, delivery.attempts + 1, at)) {
    return finishDelivery(ctx.db, delivery, { status: 'failed', at, error, forgetContent });
  }
  await countAttempt(ctx.db, deliveryId, error);
  throw failure;
}

const longestError = 500;

async function attempt(
  ctx: Context,
  template: MailTemplate | undefined,
  delivery: DeliveryRow,
): Promise<{ outcome: MailOutcome | 'withdrawn' | null; failure?: unknown }> {
  try {
    if (!template) throw new Error(`no template for mails of kind ${delivery.kind}`);
    const written = await template.write(ctx, delivery);
    if (!written) return { outcome: 'withdrawn' };
    return { outcome: await ctx.mailer.send(mailOf(ctx.config.mailFrom, delivery, written)) };
  } catch (failure) {
    return { outcome: null, failure };
  }
}

function mailOf(from: string, delivery: DeliveryRow, { document, headers }: WrittenMail): Mail {
  return {
    from,
    to: { name: oneLine(delivery.toName), address: delivery.toEmail },
    subject: oneLine(document.subject),
    text: textOf(document),
    html: htmlOf(document),
    messageId: delivery.messageId,
    date: delivery.decidedAt,
    headers: { 'X-Quoteline-Kind': delivery.kind, ...headers, 'Auto-Submitted': 'auto-generated' },
  };
}
