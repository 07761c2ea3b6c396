import { erasedAgain } from './accounts/erasing/again.ts';
import { features } from './features.ts';
import { personalData } from './personal.ts';
import type { Forgetting } from './platform/forgetting.ts';

/** All that is forgotten again after a restore. */
export const forgettings: readonly Forgetting[] = [
  ...features.flatMap((feature) => feature.forgets ?? []),
  erasedAgain(personalData),
];
