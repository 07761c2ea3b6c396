import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  call_not_rateable: [409, 'Only a conversation of the last seven days can be rated'],
  call_already_rated: [409, 'This call has already been rated'],
} as const satisfies RefusalTable;

export const { refuse, refuseField } = refusalsOf(refusals);
