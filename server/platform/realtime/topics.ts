import type { Context } from '#server/context.ts';
import { Refusal } from '../errors.ts';
import type { Topic, Viewer } from './connection.ts';
import type { Snapshot } from './feeds.ts';
import type { RefusedWatch } from './frames.ts';

/** One kind of topic: finds a topic for a viewer, or says why that viewer can't watch it. */
export interface TopicKind {
  /** Whether its topics name one thing each ("product:7"); there is one topic of the kind otherwise ("agent"). */
  takesId: boolean;
  find(topic: string, id: string, viewer: Viewer): Promise<Topic | RefusedWatch>;
  /** Stops what the kind keeps running. Called before the sockets are closed. */
  stop?(): void;
}

export interface Topics {
  find(name: string, viewer: Viewer): Promise<Topic | RefusedWatch>;
  stop(): void;
}

export function createTopics(kinds: Record<string, TopicKind>): Topics {
  return {
    async find(name, viewer) {
      const [, word = '', id = ''] = /^([a-z]+)(?::([\w-]+))?$/.exec(name) ?? [];
      const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
      if (!kind || kind.takesId !== (id !== '')) return 'invalid';
      return kind.find(name, id, viewer);
    },
    stop() {
      for (const kind of Object.values(kinds)) kind.stop?.();
    },
  };
}

/** Topics of a buyer's own things. For everybody else they don't exist. */
export function buyerTopics(
  { buyers }: Pick<Context, 'buyers'>,
  load: (id: string, buyerId: string) => Promise<Snapshot | null>,
): TopicKind {
  return {
    takesId: true,
    async find(topic, id, viewer) {
      const buyerId = await buyers.find(viewer);
      if (!buyerId) return 'not_found';
      return { key: `${topic} ${buyerId}`, topic, load: () => unlessNotFound(load(id, buyerId)) };
    },
  };
}

async function unlessNotFound(loading: Promise<Snapshot | null>): Promise<Snapshot | null> {
  try {
    return await loading;
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return null;
    throw error;
  }
}
