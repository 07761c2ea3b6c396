import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/platform/errors.ts';
import { bodyHash } from '#server/platform/json.ts';
import * as queries from './queries.ts';

/** Who adds to which solution (`id` may be `current`), and the sender's key, by which a second press is known. */
export interface Asked {
  buyerId: string;
  id: string;
  key: string | null;
}

const dayMs = 86_400_000;

/** An answer that may be as long as what was sent: longer than this as JSON, only its outline is kept. */
const mostKeptBytes = 65_536;

/** Of answers that may be long, and may say that nothing was added. `Outline` is short whatever was sent. */
export interface LongAnswers<Answer, Outline> {
  isAdded: (answer: Answer) => boolean;
  outline: (answer: Answer) => Outline;
  /** The answer anew, adding nothing. */
  retell: (outline: Outline) => Promise<Answer>;
}

/**
 * Adds inside the caller's transaction, once: the same key with the same body, also at the same time, adds nothing and
 * is answered as the first time, for a day or the visitor's next hundred keys; a long answer is told anew. Where nothing
 * was added the key stays free. Refuses `idempotency_key_reused`. Two statements more than `add`, none without a key.
 */
export async function addOnce<Answer, Outline = never>(
  tx: Db,
  asked: Asked & { body: unknown; now: Date },
  add: () => Promise<Answer>,
  long?: LongAnswers<Answer, Outline>,
): Promise<Answer> {
  if (asked.key === null) return add();
  const addition = {
    visitorId: asked.buyerId,
    idempotencyKey: asked.key,
    bodyHash: bodyHash([asked.id, asked.body]),
    at: asked.now,
  };
  if (!(await queries.takeKey(tx, addition))) return answerAgain(tx, addition, long);
  const answer = await add();
  if (long && !long.isAdded(answer)) await queries.releaseKey(tx, addition);
  else await queries.keepAnswer(tx, addition, keptOf(answer, long));
  return answer;
}

function keptOf<Answer, Outline>(
  answer: Answer,
  long: LongAnswers<Answer, Outline> | undefined,
): Answer | { outline: Outline } {
  const isLong = long && Buffer.byteLength(JSON.stringify(answer)) > mostKeptBytes;
  return isLong ? { outline: long.outline(answer) } : answer;
}

async function answerAgain<Answer, Outline>(
  tx: Db,
  addition: queries.Addition,
  long: LongAnswers<Answer, Outline> | undefined,
): Promise<Answer> {
  const earlier = await queries.findAddition(tx, addition);
  if (!earlier?.bodyHash.equals(addition.bodyHash)) throw refuse('idempotency_key_reused');
  const kept = earlier.answer as object;
  return long && 'outline' in kept ? long.retell(kept.outline as Outline) : (kept as Answer);
}

const rowsAtOnce = 500;

/** Keys older than a day are no second press any more. Small transactions, however many there are. */
export async function forget({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const before = new Date(clock.now().getTime() - dayMs);
  while ((await queries.forgetAdditions(db, before, rowsAtOnce)) === rowsAtOnce);
}
