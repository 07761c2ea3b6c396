import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  calling_off: [503, 'Calls are not possible right now'],
  phone_not_valid: [422, 'Enter the complete number with its country prefix'],
  call_not_possible: [422, 'This number cannot be called from here'],
  nobody_free: [409, 'Nobody is free to take the call'],
} as const satisfies RefusalTable;

export type AdmissionRefusal = keyof typeof refusals;

export const { refuse, refuseField } = refusalsOf(refusals);
