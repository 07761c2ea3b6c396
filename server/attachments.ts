import { features } from './features.ts';
import type { Attachments } from './platform/attachments.ts';

/** Collects who may read the uploads that hang on the features' things. */
export const attachments = (): Attachments =>
  Object.assign({}, ...features.map((feature) => feature.attachments)) as Attachments;
