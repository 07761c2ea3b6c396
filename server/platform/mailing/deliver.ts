import type { Context } from '#server/context.ts';
import { handle, type JobHandler } from '../jobs.ts';
import type { Mail, MailOutcome } from '../mail.ts';
import { countAttempt, findDelivery, settle } from './deliveries.ts';
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
 * Hands one mail to the mail server. A refusal for good ends it as `bounced`, with the server's words; anything else
 * throws, is counted and tried again later, until the mail is old enough to have `failed`. A crash between the
 * server's "250" and our note of it sends an identical copy: the same Message-ID, Date and link. A mail whose subject is
 * over is withdrawn.
 */
async function deliver(ctx: Context, templates: readonly MailTemplate[], deliveryId: string): Promise<void> {
  const delivery = await findDelivery(ctx.db, deliveryId);
  if (delivery?.status !== 'queued') return;
  const template = templates.find(({ kind }) => kind.name === delivery.kind);
  const { outcome, failure } = await attempt(ctx, template, delivery);
  const at = ctx.clock.now();
  const forgetContent = template?.forgetsContent ?? false;
  if (outcome === 'withdrawn') return settle(ctx.db, deliveryId, { status: 'withdrawn', at, forgetContent });
  if (outcome?.sent) return settle(ctx.db, deliveryId, { status: 'sent', at, forgetContent });
  if (outcome) {
    return settle(ctx.db, deliveryId, { status: 'bounced', at, error: outcome.refusal, forgetContent });
  }
  const error = (failure instanceof Error ? failure.message : String(failure)).slice(0, longestError);
  if (isGivenUp(delivery.decidedAt, delivery.attempts + 1, at)) {
    return settle(ctx.db, deliveryId, { status: 'failed', at, error, forgetContent });
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
