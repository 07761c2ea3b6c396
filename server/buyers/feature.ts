import type { Feature } from '#server/platform/feature.ts';

export const buyers = { name: 'buyers' } satisfies Feature;
