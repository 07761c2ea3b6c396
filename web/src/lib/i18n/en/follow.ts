import type { Words } from '../words.ts';

export const follow = {} as const satisfies Words;
