import { features } from './features.ts';
import { createHooks, type Hooks } from './platform/hooks.ts';

/** Collects the reactions of all features. */
export function featureHooks(): Hooks {
  return createHooks(features.flatMap(({ reactions }) => reactions ?? []));
}
