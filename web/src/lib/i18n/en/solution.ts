import type { Words } from '../words.ts';

export const solution = {} as const satisfies Words;
