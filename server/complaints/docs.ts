import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  getComplaintSubject: {
    summary: 'What a complaint about a thing begins with',
    description: 'The thing as it is, the partners it concerns, and the categories and wishes that fit it.',
    parameters: {
      type: 'What it is about; an order is an enquiry of which lines were accepted or confirmed',
      id: 'The id of the call, the enquiry (also for an order) or the product',
    },
  },
  fileComplaint: {
    summary: 'File a complaint',
    description:
      'About a call, an enquiry or an order of the buyer (approvers and admins of a company: also of a colleague), or a product, which needs `vendorId` if several partners offer it. `uploads`: files nothing uses yet. The partner has two working days to take it up. One about the same thing may be filed once it is closed.',
  },
  listComplaints: {
    summary: 'Complaints: the own ones, those about the own company, or for staff all',
    description: 'What is due first comes first.',
    parameters: { open: 'Only those that need a decision, or only the others' },
  },
  getComplaint: { summary: 'A complaint with the messages that the reader may see' },
  postComplaintMessage: { summary: 'Write to everybody in the thread' },
  postComplaintNote: {
    summary: 'Write a note that the buyer does not see',
    description: 'For the partner and staff, or with `audience` `staff` for staff alone.',
  },
  reviewComplaint: { summary: 'Take a complaint up', description: 'Ten working days are left to decide.' },
  decideComplaint: {
    summary: 'Decide a complaint with a reason',
    description:
      'Once. `refundCredits` is for staff: credit of the call, paid back to who paid it; all refunds of a call together are at most its charge.',
  },
  withdrawComplaint: {
    summary: 'Withdraw the own complaint',
    description: 'Approvers and admins of a company also withdraw what a colleague filed.',
  },
  getVendorQuality: {
    summary: "A partner's quality in the last 90 days",
    description:
      '`score` is 0 to 100: 40 points for the share of enquiries answered, 20 for the time to answer (all up to 4 hours, none from 72), 40 for the share of calls taken; less 2 for each complaint per hundred calls, at most 30. Null with fewer than five enquiries and calls.',
  },
  getComplaintByLink: { summary: 'The complaint that a link to a partner is about' },
  postComplaintMessageByLink: { summary: 'Write to everybody in the thread, as the partner' },
  reviewComplaintByLink: { summary: 'Take the complaint up, as the partner' },
  decideComplaintByLink: { summary: 'Decide the complaint with a reason, as the partner' },
  uploadByComplaintLink: { summary: "Upload a file for the partner's next message" },
  downloadByComplaintLink: { summary: 'A file of the complaint' },
};
