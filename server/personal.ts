import { features } from './features.ts';
import type { PersonalData } from './platform/personal.ts';

/** What all features keep of people. */
export const personalData: readonly PersonalData[] = features.flatMap((feature) => feature.personal ?? []);
