import * as calls from './calls/service.ts';
import type { Context } from './context.ts';
import * as desk from './desk/service.ts';
import { isAgent } from './platform/auth/agent.ts';
import { refusals, Refusal } from './platform/errors.ts';
import type { Topic, Viewer } from './platform/realtime/connection.ts';
import type { Snapshot } from './platform/realtime/feeds.ts';
import type { RefusedWatch } from './platform/realtime/frames.ts';
import { createKeeper, type Keeper } from './presence/keeper.ts';
import * as presence from './presence/service.ts';
import * as requests from './requests/service.ts';
import * as solutions from './solutions/service.ts';

/** What pages can watch, and who may: the only place where features meet for sockets. */
export interface Topics {
  find(name: string, viewer: Viewer): Promise<Topic | RefusedWatch>;
  stop(): void;
}

type Kind = (id: string, viewer: Viewer, name: string) => Promise<Topic | RefusedWatch>;

export function createTopics(ctx: Context): Topics {
  const keeper = createKeeper(ctx);
  const kinds: Record<string, Kind> = {
    product: async (id, _viewer, topic) => ({
      key: topic,
      topic,
      load: () => presence.productTopic(ctx, id),
    }),
    request: ofVisitor(ctx, async (id, visitorId) => {
      const state = await requests.describe(ctx, { id, visitorId });
      return { state, dependsOn: [`request:${state.id}`] };
    }),
    call: ofVisitor(ctx, (id, visitorId) => calls.callTopic(ctx, id, visitorId)),
    solution: ofVisitor(ctx, (id, visitorId) => solutions.solutionTopic(ctx, visitorId, id)),
    agent: ofAgent(ctx, keeper),
  };
  return {
    async find(name, viewer) {
      const [, kind = '', id = ''] = /^([a-z]+)(?::([\w-]+))?$/.exec(name) ?? [];
      const found = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
      if (!found || (id === '') !== (kind === 'agent')) return 'invalid';
      return found(id, viewer, name);
    },
    stop: () => keeper.stop(),
  };
}

/** Something of a visitor's own; to all others it doesn't exist. */
function ofVisitor(
  { visitors }: Context,
  load: (id: string, visitorId: string) => Promise<Snapshot | null>,
): Kind {
  return async (id, viewer, topic) => {
    const visitor = await visitors.find(viewer);
    if (!visitor) return 'not_found';
    return { key: `${topic} ${visitor.id}`, topic, load: () => unlessNotFound(load(id, visitor.id)) };
  };
}

/** The desk of the agent who is logged in; while it is watched the agent is there. */
function ofAgent(ctx: Context, keeper: Keeper): Kind {
  return async (_id, viewer, topic) => {
    const account = await ctx.sessions.find(viewer);
    if (!account) return 'login_required';
    if (!isAgent(account)) return 'forbidden';
    const { agentId } = account;
    return {
      key: `agent ${agentId}`,
      topic,
      load: () => desk.deskTopic(ctx, agentId),
      hold: (connection) => keeper.hold(agentId, connection),
      stillAllowed: async () => (await ctx.sessions.find(viewer))?.agentId === agentId,
    };
  };
}

async function unlessNotFound(loading: Promise<Snapshot | null>): Promise<Snapshot | null> {
  try {
    return await loading;
  } catch (error) {
    if (error instanceof Refusal && error.status === refusals.not_found[0]) return null;
    throw error;
  }
}
