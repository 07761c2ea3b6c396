import type { Words } from '../words.ts';

export const answer = {} as const satisfies Words;
