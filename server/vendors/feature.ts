import type { Feature } from '#server/platform/feature.ts';

export const vendors = { name: 'vendors' } satisfies Feature;
