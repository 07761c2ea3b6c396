import type { Context } from '#server/context.ts';
import { agentTopic, type TopicKind } from '#server/platform/realtime/topics.ts';
import * as presence from '#server/presence/service.ts';
import { deskTopic } from './service.ts';

/** Returns the topic `agent`. An agent has a lease for each page that watches it. */
export function deskTopics(ctx: Context): TopicKind {
  const keeper = presence.createLeaseKeeper(ctx);
  return {
    ...agentTopic(
      ctx,
      (agentId) => deskTopic(ctx, agentId),
      (agentId, connection) => keeper.openLease(agentId, connection),
    ),
    stop: () => keeper.stop(),
  };
}
