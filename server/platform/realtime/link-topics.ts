import type { Context } from '#server/context.ts';
import type { Link } from '../auth/links.ts';
import { Refusal } from '../errors.ts';
import type { Snapshot } from './feeds.ts';
import type { TopicKind } from './topics.ts';

/** Returns a kind of topic for the holder of a link of a mail; the id is its token. Others get `not_found`. */
export function linkTopics<Named extends object>(
  ctx: Context,
  link: Link<Named>,
  load: (named: Named) => Promise<Snapshot>,
): TopicKind {
  const named = async (token: string): Promise<Named | null> => {
    try {
      return await link.resolve(ctx, token);
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  };
  return {
    takesId: true,
    async find(topic, token) {
      if ((await named(token)) === null) return 'not_found';
      return {
        key: topic,
        topic,
        load: async () => {
          const found = await named(token);
          return found && load(found);
        },
        // A link that was revoked admits nobody any more.
        admission: { actor: topic, isStillValid: async () => (await named(token)) !== null },
      };
    },
  };
}
