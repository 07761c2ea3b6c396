import type { Words } from '../words.ts';

export const catalog = {} as const satisfies Words;
