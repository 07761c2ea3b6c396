import { refusals as admissionRefusals } from '#server/admission/refusals.ts';
import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  agent_not_responsible: [422, 'That agent is not responsible for this offer'],
  credit_too_low: [402, 'The credit is not enough for a minute'],
  credit_disputed: [409, 'A card payment for the credit is disputed'],
  call_in_progress: [409, 'You are in another call'],
  call_over: [409, 'The call has ended'],
  call_not_yours_now: [409, 'This call is no longer with you'],
  wrap_up_extended: [409, 'The wrap-up has already been extended'],
  wrap_up_over: [409, 'The wrap-up is over'],
  nothing_to_share: [409, 'The solution has no line for this vendor'],
} as const satisfies RefusalTable;

export const { refuse, refuseField } = refusalsOf({ ...admissionRefusals, ...refusals });
