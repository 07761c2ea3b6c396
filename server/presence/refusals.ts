import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  time_not_ahead: [422, 'The time must be in the future, within the allowed period'],
} as const satisfies RefusalTable;

export const { refuse, refuseField } = refusalsOf(refusals);
