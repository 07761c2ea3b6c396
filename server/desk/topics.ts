import type { Context } from '#server/context.ts';
import { isAgent } from '#server/platform/auth/agent.ts';
import type { TopicKind } from '#server/platform/realtime/topics.ts';
import * as presence from '#server/presence/service.ts';
import { deskTopic } from './service.ts';

/** Returns the desk of the agent who is logged in. An agent is there as long as a page watches it. */
export function deskTopics(ctx: Context): TopicKind {
  const keeper = presence.createKeeper(ctx);
  return {
    takesId: false,
    async find(topic, _id, viewer) {
      const account = await ctx.sessions.find(viewer);
      if (!account) return 'login_required';
      if (!isAgent(account)) return 'forbidden';
      const { agentId } = account;
      return {
        key: `agent ${agentId}`,
        topic,
        load: () => deskTopic(ctx, agentId),
        hold: (connection) => keeper.hold(agentId, connection),
        stillAllowed: async () => (await ctx.sessions.find(viewer))?.agentId === agentId,
      };
    },
    stop: () => keeper.stop(),
  };
}
