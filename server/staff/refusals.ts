import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  not_resendable: [409, 'This mail waits already, or its content is gone'],
} as const satisfies RefusalTable;

export const { refuse } = refusalsOf(refusals);
