import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  own_second_factor: [409, 'Somebody else of the staff has to reset yours'],
  no_second_factor: [409, 'This person has no second factor'],
  not_resendable: [409, 'This mail waits already, or its content is gone'],
} as const satisfies RefusalTable;

export const { refuse } = refusalsOf(refusals);
