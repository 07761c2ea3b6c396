import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  call_not_rateable: [409, 'Only a conversation can be rated, for seven days'],
  call_already_rated: [409, 'This call was rated already'],
} as const satisfies RefusalTable;

export const { refuse, refuseField } = refusalsOf(refusals);
