import type { Words } from '../words.ts';

export const search = {} as const satisfies Words;
