import type { Words } from '../words.ts';

export const home = {} as const satisfies Words;
