import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  in_company: [409, 'You belong to a company already'],
  already_colleague: [409, 'This person belongs to the company already'],
  last_admin: [409, 'A company needs an admin: make somebody else one first'],
  invitation_over: [409, 'This invitation has expired, was withdrawn or was accepted'],
  limit_repeated: [422, 'One limit per currency'],
  limit_currency: [422, 'This currency is not supported'],
  not_an_approver: [409, 'Only approvers and admins have a stand-in'],
  stand_in_self: [422, 'Name somebody else'],
  stand_in_days: [422, 'The last day is before the first, or over'],
} as const satisfies RefusalTable;

export const { refuse, refuseField, titleOf } = refusalsOf(refusals);
