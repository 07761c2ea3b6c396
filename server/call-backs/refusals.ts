import { refusals as admissionRefusals } from '#server/admission/refusals.ts';
import { refusals as callRefusals } from '#server/calls/refusals.ts';
import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';
import { refusals as presenceRefusals } from '#server/presence/refusals.ts';

export const refusals = {
  call_back_closed: [409, 'This call-back request is closed'],
} as const satisfies RefusalTable;

export const { refuse, refuseField } = refusalsOf({
  ...presenceRefusals,
  ...admissionRefusals,
  ...callRefusals,
  ...refusals,
});
