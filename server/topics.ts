import type { Context } from './context.ts';
import { features } from './features.ts';
import { createTopics, type Topics } from './platform/realtime/topics.ts';

/** Collects the topics of all features. */
export function topicsOf(ctx: Context): Topics {
  const kinds = features.flatMap((feature) => Object.entries(feature.topics?.(ctx) ?? {}));
  return createTopics(Object.fromEntries(kinds));
}
