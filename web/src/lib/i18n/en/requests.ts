import type { Words } from '../words.ts';

export const requests = {} as const satisfies Words;
