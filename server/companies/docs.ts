import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  getCompany: {
    summary: 'The company of the account, with its people',
    description: '404 without a company. Everybody in it sees the people; invitations are for admins.',
  },
  createCompany: {
    summary: 'Make a company and become its admin',
    description: 'A person belongs to one company. What they sent before stays their own.',
  },
  updateCompany: { summary: 'Rename the company or change its time zone' },
  inviteColleague: {
    summary: 'Invite somebody by mail',
    description:
      'The link works for 14 days, for who has this address, with an account or after registering. The same address again gets a new link and what is said now.',
  },
  withdrawInvitation: { summary: 'Withdraw an invitation' },
  updateColleague: {
    summary: 'Change the role or the limits of a person',
    description:
      'Fields that are left out stay. An empty list of limits means no limit; an amount of zero lets everything wait for an approver.',
  },
  removeColleague: {
    summary: 'Remove a person, or leave the company',
    description: 'Access ends at once; what they sent stays with the company. The last admin can’t leave.',
  },
  nameStandIn: {
    summary: 'Name who decides for an approver on some days',
    description: 'Also about what waits already. Days are those of the company’s time zone.',
  },
  endStandIn: { summary: 'Name nobody as stand-in' },
  listInvitations: { summary: 'Open invitations to the address of the account' },
  acceptInvitation: { summary: 'Join the company that invited the address of the account' },
  declineInvitation: { summary: 'Decline an invitation' },
  getInvitation: {
    summary: 'The invitation of a mailed link',
    description: 'Changes nothing. It is accepted by the account that has its address.',
  },
};
