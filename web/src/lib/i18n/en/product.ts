import type { Words } from '../words.ts';

export const product = {} as const satisfies Words;
