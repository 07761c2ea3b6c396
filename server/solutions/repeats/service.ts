import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/platform/errors.ts';
import { bodyHash } from '#server/platform/json.ts';
import * as queries from './queries.ts';

/** Who adds to which solution (`id` may be `current`), and the sender's key, by which a second press is known. */
export interface Asked {
  visitorId: string;
  id: string;
  key: string | null;
}

const dayMs = 86_400_000;

/**
 * Adds inside the caller's transaction, once: the same key with the same body, also at the same time, adds nothing and
 * is answered as the first time, for a day at least. Where nothing was added (`isAdded`) the key stays free. Refuses
 * `idempotency_key_reused`. Two statements more than `add`, none without a key.
 */
export async function addOnce<Answer>(
  tx: Db,
  asked: Asked & { body: unknown; now: Date },
  add: () => Promise<Answer>,
  isAdded: (answer: Answer) => boolean = () => true,
): Promise<Answer> {
  if (asked.key === null) return add();
  const addition = {
    visitorId: asked.visitorId,
    idempotencyKey: asked.key,
    bodyHash: bodyHash([asked.id, asked.body]),
    at: asked.now,
  };
  if (!(await queries.takeKey(tx, addition))) return answerAgain<Answer>(tx, addition);
  const answer = await add();
  if (isAdded(answer)) await queries.keepAnswer(tx, addition, answer);
  else await queries.releaseKey(tx, addition);
  return answer;
}

async function answerAgain<Answer>(tx: Db, addition: queries.Addition): Promise<Answer> {
  const earlier = await queries.findAddition(tx, addition);
  if (!earlier?.bodyHash.equals(addition.bodyHash)) throw refuse('idempotency_key_reused');
  return earlier.answer as Answer;
}

/** Keys older than a day are no second press any more. */
export const forget = ({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> =>
  queries.forgetAdditions(db, new Date(clock.now().getTime() - dayMs));
