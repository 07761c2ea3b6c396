import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  wish_list_full: [409, 'The wish list has the maximum number of products'],
} as const satisfies RefusalTable;

export const { refuse } = refusalsOf(refusals);
