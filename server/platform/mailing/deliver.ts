import type { Context } from '#server/context.ts';
import { RetryLater, type Run } from '../job-runs.ts';
import { type Claimed, handleTogether, type JobHandler } from '../jobs.ts';
import { storable } from '../json.ts';
import { isAboutRecipient, type Mail, type MailOutcome } from '../mail.ts';
import { type AttemptEnd, findQueued } from './deliveries.ts';
import { digestMail } from './digests.ts';
import { oneLine } from './document.ts';
import { htmlOf } from './html.ts';
import { createPlaces, placeLimits, type Places } from './places.ts';
import { sendDelivery } from './queue.ts';
import { createRefusals, type Refusals } from './refusals.ts';
import { isGivenUp, pauseSeconds } from './rules.ts';
import { createStoring } from './storing.ts';
import { suppress } from './suppressions.ts';
import type { DeliveryRow, MailTemplate, WriteMail, WrittenMail } from './template.ts';
import { textOf } from './text.ts';

export function mailingJobs(ctx: Context, templates: readonly MailTemplate[]): JobHandler[] {
  const byKind = new Map(templates.map((template) => [template.kind.name, template]));
  const limits = placeLimits(ctx.config.smtpConnections);
  const courier: Courier = {
    ...{ ctx, byKind, atOnce: limits.atOnce, places: createPlaces(limits), store: createStoring(ctx.db) },
    refusals: createRefusals(() => performance.now()),
  };
  return [handleTogether(sendDelivery, (claimed, hasRoom) => deliverAll(courier, claimed, hasRoom))];
}

interface Courier {
  ctx: Context;
  byKind: ReadonlyMap<string, MailTemplate>;
  atOnce: number;
  places: Places;
  store: (end: AttemptEnd) => Promise<void>;
  refusals: Refusals;
}

/** A mail that is still to be sent, of a batch. */
interface Queued {
  delivery: DeliveryRow;
  isSuppressed: boolean;
  template: MailTemplate | undefined;
  /** Fails if the rows couldn't be read. */
  write: Promise<WriteMail>;
}

/**
 * Sends mails, each by itself, though what they are made of is read once for all. A mail ends as `sent`, `bounced`
 * (permanently refused), `suppressed` (its address was refused before), `withdrawn` (out of date) or, after retries,
 * `failed`. A crash before the status is written sends an identical copy: same Message-ID, Date and link.
 */
function deliverAll(
  courier: Courier,
  claimed: readonly Claimed<{ deliveryId: string }>[],
  hasRoom: () => void,
): Promise<void>[] {
  const readAt = performance.now();
  const reading = readBatch(
    courier,
    claimed.map(({ payload }) => payload.deliveryId),
  );
  let left = claimed.length;
  const begun = () => {
    left -= 1;
    // The next batch is read while the last mails of this one are sent.
    if (left <= courier.atOnce) hasRoom();
  };
  return claimed.map(async ({ payload, run }) => {
    const queued = await reading.then(
      (batch) => batch.get(payload.deliveryId),
      (error: unknown) => {
        begun();
        throw error;
      },
    );
    if (queued) await deliver(courier, queued, { run, begun, readAt });
    else begun();
  });
}

async function readBatch({ ctx, byKind }: Courier, ids: string[]): Promise<Map<string, Queued>> {
  const found = [...(await findQueued(ctx.db, ids)).values()];
  const prepared = Map.groupBy(found, ({ delivery }) => delivery.kind);
  const batch = new Map<string, Queued>();
  for (const [kind, own] of prepared) {
    const template = byKind.get(kind);
    const deliveries = own.map(({ delivery }) => delivery);
    const write = template
      ? template.prepare(ctx, deliveries)
      : Promise.reject(new Error(`no template for mails of kind ${kind}`));
    // Each mail has its own turn to fail.
    write.catch(() => {});
    for (const one of own) batch.set(one.delivery.id, { ...one, template, write });
  }
  return batch;
}

interface Turn {
  run: Run;
  begun: () => void;
  /** When the batch was read, with what was known of its addresses. */
  readAt: number;
}

/** Holds its place until the end is stored: a crash repeats no more mails than are being sent. */
async function deliver(courier: Courier, queued: Queued, turn: Turn): Promise<void> {
  const retry = await courier.places(async (heldUp) => {
    turn.begun();
    return end(courier, queued, await attempt(courier, queued, turn, heldUp));
  }, turn.run.ending);
  if (retry) throw retry;
}

interface Attempt {
  outcome: MailOutcome | 'withdrawn' | 'suppressed' | 'not_ours' | null;
  failure?: unknown;
}

async function attempt(
  { ctx, refusals }: Courier,
  { delivery, isSuppressed, write }: Queued,
  { run, readAt }: Turn,
  heldUp: AbortSignal,
): Promise<Attempt> {
  try {
    if (isSuppressed) return { outcome: 'suppressed' };
    const written = await (await write)(delivery);
    if (!written) return { outcome: 'withdrawn' };
    const mail = mailOf(ctx.config.mailFrom, delivery, written);
    // A worker that slept since it took the job must not send what another has sent meanwhile.
    if (!(await run.isOurs())) return { outcome: 'not_ours' };
    if (refusals.hasSince(delivery.toEmail, readAt)) return { outcome: 'suppressed' };
    return { outcome: await ctx.mailer.send(mail, run.signal, heldUp) };
  } catch (failure) {
    return { outcome: null, failure };
  }
}

/** Stores how the attempt ended. Returns when to try again if it failed. */
async function end(
  { ctx, store, refusals }: Courier,
  { delivery, template }: Queued,
  { outcome, failure }: Attempt,
): Promise<RetryLater | null> {
  if (outcome === 'not_ours') return null;
  const at = ctx.clock.now();
  const own = {
    ...{ id: delivery.id, at, isDigest: delivery.kind === digestMail.name },
    forgetContent: template?.forgetsContent ?? false,
  };
  if (outcome === 'withdrawn' || outcome === 'suppressed') await store({ ...own, status: outcome });
  else if (outcome?.sent) await store({ ...own, status: 'sent' });
  else if (outcome) {
    if (outcome.isAddress) {
      refusals.add(delivery.toEmail);
      await suppress(ctx.db, delivery.toEmail, { answer: outcome.refusal, at });
      // A batch that was read meanwhile has not seen it in the database.
      refusals.add(delivery.toEmail);
    }
    await store({ ...own, status: 'bounced', error: outcome.refusal });
  } else {
    const message = failure instanceof Error ? failure.message : String(failure);
    const error = storable(message.slice(0, longestError));
    const isDeferral = isAboutRecipient(failure);
    const status = isGivenUp(delivery.decidedAt, delivery.attempts + 1, at) ? 'failed' : null;
    await store({ ...own, status, error, isDeferral });
    if (status === null) return new RetryLater(failure, pauseAfter(delivery, isDeferral));
  }
  return null;
}

const longestError = 500;

const pauseAfter = ({ attempts, deferrals }: DeliveryRow, isDeferral: boolean): number =>
  isDeferral ? pauseSeconds('recipient', deferrals) : pauseSeconds('server', attempts);

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
