import type { Context } from '#server/context.ts';
import { RetryLater, type Run } from '../job-runs.ts';
import { handle, type JobHandler } from '../jobs.ts';
import { isAboutRecipient, type Mail, type MailOutcome } from '../mail.ts';
import { countAttempt, findDelivery, finishDelivery } from './deliveries.ts';
import { oneLine } from './document.ts';
import { htmlOf } from './html.ts';
import { sendDelivery } from './queue.ts';
import { isGivenUp, pauseSeconds } from './rules.ts';
import { isSuppressed, suppress } from './suppressions.ts';
import type { DeliveryRow, MailTemplate, WrittenMail } from './template.ts';
import { textOf } from './text.ts';

export function mailingJobs(ctx: Context, templates: readonly MailTemplate[]): JobHandler[] {
  return [handle(sendDelivery, ({ deliveryId }, run) => deliver(ctx, templates, deliveryId, run))];
}

/**
 * Sends one mail. It ends as `sent`, `bounced` (permanently refused), `suppressed` (its address was refused before),
 * `withdrawn` (out of date) or, after retries, `failed`. A crash before the status is written sends an identical copy: same Message-ID, Date and link.
 */
async function deliver(
  ctx: Context,
  templates: readonly MailTemplate[],
  deliveryId: string,
  run: Run,
): Promise<void> {
  const delivery = await findDelivery(ctx.db, deliveryId);
  if (delivery?.status !== 'queued') return;
  const template = templates.find(({ kind }) => kind.name === delivery.kind);
  const { outcome, failure } = await attempt(ctx, template, delivery, run);
  if (outcome === 'not_ours') return;
  const at = ctx.clock.now();
  const forgetContent = template?.forgetsContent ?? false;
  if (outcome === 'withdrawn' || outcome === 'suppressed')
    return finishDelivery(ctx.db, delivery, { status: outcome, at, forgetContent });
  if (outcome?.sent) return finishDelivery(ctx.db, delivery, { status: 'sent', at, forgetContent });
  if (outcome) {
    if (outcome.isAddress) await suppress(ctx.db, delivery.toEmail, { answer: outcome.refusal, at });
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
  const isRecipient = isAboutRecipient(failure);
  await countAttempt(ctx.db, deliveryId, { error, isRecipient });
  const pause = isRecipient
    ? pauseSeconds('recipient', delivery.deferrals)
    : pauseSeconds('server', delivery.attempts);
  throw new RetryLater(failure, pause);
}

const longestError = 500;

async function attempt(
  ctx: Context,
  template: MailTemplate | undefined,
  delivery: DeliveryRow,
  run: Run,
): Promise<{ outcome: MailOutcome | 'withdrawn' | 'suppressed' | 'not_ours' | null; failure?: unknown }> {
  try {
    if (!template) throw new Error(`no template for mails of kind ${delivery.kind}`);
    if (await isSuppressed(ctx.db, delivery.toEmail)) return { outcome: 'suppressed' };
    const written = await template.write(ctx, delivery);
    if (!written) return { outcome: 'withdrawn' };
    const mail = mailOf(ctx.config.mailFrom, delivery, written);
    // A worker that slept since it took the job must not send what another has sent meanwhile.
    if (!(await run.isOurs())) return { outcome: 'not_ours' };
    return { outcome: await ctx.mailer.send(mail, run.signal) };
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
