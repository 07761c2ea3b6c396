import { features } from './features.ts';
import type { Forgetting } from './platform/forgetting.ts';

/** All that is forgotten again after a restore. */
export const forgettings: readonly Forgetting[] = features.flatMap((feature) => feature.forgets ?? []);
