import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  listApprovals: {
    summary: 'What waits or waited for an approver of the company',
    description:
      'For approvers, admins and stand-ins what everybody asked for, else what the person asked for. What waits comes first.',
  },
  getApproval: { summary: 'One acceptance or order that needs an approver' },
  decideApproval: {
    summary: 'Approve or reject it',
    description:
      'Approving carries out exactly what was asked for. If that has become impossible, such as by a newer version of the quote, it is refused with the reason and the approval ends. Nobody approves their own.',
  },
  withdrawApproval: { summary: 'Withdraw what the person asked for' },
  getSpecification: {
    summary: 'What sending a solution now would ask of which partner',
    description: '`version` belongs to exactly this content: give it to `sendRequest`.',
    parameters: {
      kind: 'A request for quotes, or an order at list prices',
    },
  },
  checkRequest: {
    summary: 'Check a request without sending it',
    description:
      'Refuses what `sendRequest` would refuse, such as a solution that has changed since `specification`.',
  },
  sendRequest: {
    summary: 'Send a solution to its partners',
    description:
      'Each partner gets only its own lines, by e-mail. Repeating the `Idempotency-Key` with the same body answers the first request again. With `specification`, 409 `specification_changed` if the solution has changed since that version.',
  },
  listRequests: {
    summary: "The buyer's requests, latest first",
    parameters: {
      q: 'Words of the number, the title, a product or a partner; all must be found',
      status: 'Only those with this status',
    },
  },
  repeatRequest: {
    summary: 'Make a new solution of a request',
    description:
      'It becomes the current solution. `notSold` names what is no longer sold, and by whom. Repeating the `Idempotency-Key` answers the same solution.',
  },
  addFollowedRequest: {
    summary: 'Add the request of a follow link to the own account',
    description:
      'For a request that was sent with the address of the logged-in account by a browser without a login, which then no longer shows it.',
  },
  getRequest: {
    summary: 'A request with its enquiries and quotes',
    description: 'The same state is pushed on `/ws` as topic `request:<id>`.',
  },
  getFollowedRequest: {
    summary: 'A request by its follow link',
  },
  compareQuotes: {
    summary: 'The quotes of a request, line by line',
    description:
      'Totals are converted to `currency` at dated rates. `choose` picks offers by a strategy, `pick` holds single choices.',
    parameters: {
      choose: 'Choose offers by this strategy',
      pick: 'Single choices, as line and quote',
      withRequest: 'Also answer the request itself',
    },
  },
  compareFollowedQuotes: {
    summary: 'The quotes of a request by its follow link, line by line',
    parameters: {
      choose: 'Choose offers by this strategy',
      pick: 'Single choices, as line and quote',
      withRequest: 'Also answer the request itself',
    },
  },
  acceptQuote: {
    summary: 'Accept lines of quotes',
    description: 'Binding: what is accepted is ordered from its partner.',
  },
  acceptFollowedQuote: {
    summary: 'Accept lines of quotes by the follow link',
    description: 'Binding: what is accepted is ordered from its partner.',
  },
  declineQuote: {
    summary: 'Decline a quote',
  },
  declineFollowedQuote: {
    summary: 'Decline a quote by the follow link',
  },
  askRevision: {
    summary: 'Ask a partner to change its quote',
  },
  askFollowedRevision: {
    summary: 'Ask a partner to change its quote by the follow link',
  },
  giveMoreTime: {
    summary: 'Give one partner more time to answer',
  },
  giveMoreTimeByLink: {
    summary: 'Give one partner more time to answer by the follow link',
  },
  postBuyerMessage: {
    summary: 'Write to a partner about its enquiry',
  },
  postFollowMessage: {
    summary: 'Write to a partner by the follow link',
  },
  getEnquiryByLink: {
    summary: 'An enquiry by its answer link',
    description: 'Changes nothing: `markEnquiryRead` tells that somebody has read it.',
  },
  markEnquiryRead: {
    summary: 'Tell that an enquiry was read',
  },
  saveAnswerDraft: {
    summary: 'Save the draft of an answer',
    description: 'Kept for the person whose link this is.',
  },
  sendAnswer: {
    summary: 'Answer an enquiry',
    description:
      'Each answer is a new version; sending the latest one again answers 200. Unusual prices are not refused but named in `warnings`.',
  },
  postEnquiryMessage: {
    summary: 'Write to the buyer',
  },
  askMoreTime: {
    summary: 'Ask the buyer for more time',
  },
  checkAnswer: {
    summary: 'Check an answer without sending it',
    description: 'Answers the `warnings` that `sendAnswer` would answer, and refuses what it would refuse.',
  },
  revokeLink: {
    summary: 'Withdraw the answer link of one person',
    description: 'The link then answers like every bad one. The buyer is told by mail.',
  },
  renewLink: { summary: 'Send one person a new answer link', description: 'The former one ends.' },
  revokeFollowedLink: {
    summary: 'Withdraw the answer link of one person by the follow link',
    description: 'The link then answers like every bad one. The buyer is told by mail.',
  },
  renewFollowedLink: {
    summary: 'Send one person a new answer link by the follow link',
    description: 'The former one ends.',
  },
  revokeLinkOfVendor: {
    summary: 'Withdraw the answer link of a colleague',
    description: 'The link then answers like every bad one. The buyer is told by mail.',
  },
  renewLinkOfVendor: { summary: 'Send a colleague a new answer link', description: 'The former one ends.' },
  revokeFollowLink: { summary: 'Withdraw the follow link of a request' },
  renewFollowLink: { summary: 'Send the buyer a new follow link', description: 'The former one ends.' },
  uploadByLink: {
    summary: "Upload a file for the vendor's next message",
    description: 'As `upload`. All who have a link to the enquiry share it.',
  },
};
