import type { Context } from '#server/context.ts';
import { type Buyer, buyerOrGuest, type Guest, loggedIn } from '../auth/actors.ts';
import { Refusal } from '../errors.ts';
import type { LiveConnection, Topic, Viewer } from './connection.ts';
import type { Snapshot } from './feeds.ts';
import type { RefusedWatch } from './frames.ts';

/** One kind of topic. */
export interface TopicKind {
  /** Whether topics have an id ("product:7"), or there is only one per viewer ("agent"). */
  takesId: boolean;
  find(topic: string, id: string, viewer: Viewer): Promise<Topic | RefusedWatch>;
  /** Called before the sockets are closed. */
  stop?(): void;
}

export interface Topics {
  find(name: string, viewer: Viewer): Promise<Topic | RefusedWatch>;
  stop(): void;
}

export function createTopics(kinds: Record<string, TopicKind>): Topics {
  return {
    async find(name, viewer) {
      const [, word = '', id = ''] = /^([a-z-]+)(?::([\w-]+))?$/.exec(name) ?? [];
      const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
      if (!kind || kind.takesId !== (id !== '')) return 'invalid';
      return kind.find(name, id, viewer);
    },
    stop() {
      for (const kind of Object.values(kinds)) kind.stop?.();
    },
  };
}

/** Returns a kind of topic that is the same for everybody. */
export function publicTopics(load: (id: string) => Promise<Snapshot | null>): TopicKind {
  return {
    takesId: true,
    find: async (topic, id) => ({ key: topic, topic, load: () => load(id) }),
  };
}

/** Returns a kind of topic about what a buyer or their company has. Others get `not_found`. */
export function buyerTopics(
  ctx: Pick<Context, 'sessions' | 'buyers'>,
  load: (id: string, buyer: Buyer) => Promise<Snapshot | null>,
): TopicKind {
  return {
    takesId: true,
    async find(topic, id, viewer) {
      const buyer = await buyerOrGuest(ctx, viewer);
      if (buyer.kind !== 'buyer') return 'not_found';
      const standing = standingOf(buyer);
      return {
        key: `${topic} ${standing}`,
        topic,
        load: () => unlessNotFound(load(id, buyer)),
        admission: {
          actor: `buyer:${buyer.buyerId}`,
          isStillValid: async () => standingOf(await buyerOrGuest(ctx, viewer)) === standing,
        },
      };
    },
  };
}

/** Returns what changes with who a visitor is and with their company. */
function standingOf(actor: Buyer | Guest): string {
  if (actor.kind === 'guest') return 'guest';
  const { buyerId, member } = actor;
  return ['buyer', buyerId, ...(member ? [member.companyId, member.role] : [])].join(':');
}

/** Returns a kind with one topic per agent. `onWatch` is called when a page starts to watch; it returns its cleanup. */
export function agentTopic(
  ctx: Pick<Context, 'sessions'>,
  load: (agentId: number) => Promise<Snapshot | null>,
  onWatch: (agentId: number, connection: LiveConnection) => Promise<() => Promise<void>>,
): TopicKind {
  return {
    takesId: false,
    async find(topic, _id, viewer) {
      const actor = await loggedIn(ctx, viewer);
      if (!actor) return 'login_required';
      if (actor.kind !== 'agent') return 'forbidden';
      const { agentId } = actor;
      const isStillValid = async () => {
        const current = await loggedIn(ctx, viewer);
        return current?.kind === 'agent' && current.agentId === agentId;
      };
      return {
        key: `${topic} ${agentId}`,
        topic,
        load: () => load(agentId),
        onWatch: (connection) => onWatch(agentId, connection),
        admission: { actor: `agent:${agentId}`, isStillValid },
      };
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
