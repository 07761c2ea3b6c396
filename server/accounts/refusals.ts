import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  invalid_credentials: [401, 'E-mail address or password is wrong'],
} as const satisfies RefusalTable;

export const { refuse, refuseField } = refusalsOf(refusals);
