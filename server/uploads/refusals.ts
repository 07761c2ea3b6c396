import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  file_type: [415, 'Files of this type are not taken'],
  upload_not_found: [422, 'This file is not there, or is used elsewhere'],
} as const satisfies RefusalTable;

export const { refuse, refuseField } = refusalsOf(refusals);
