import type { Words } from '../words.ts';

export const review = {} as const satisfies Words;
