import {
  type AccessTable,
  accounts,
  agents,
  anyone,
  buyers,
  holders,
  staff,
  twilio,
  visitors,
} from './platform/auth/access.ts';

const complainants = {
  ...({ buyer: 'own', requester: 'company', approver: 'company', admin: 'company' } as const),
};
const complainedAbout = { ...({ agent: 'vendor', manager: 'vendor', staff: 'any' } as const) };

/**
 * Who may call which operation on whose object: a row an operation, by feature. Scopes build their checks from it, and the
 * service doesn't start if a route and its row differ. `platform/auth/access.ts` explains the words.
 */
export const access: AccessTable = {
  // accounts
  login: anyone(),
  register: anyone(),
  verifyAddress: anyone('own'),
  logout: anyone(),
  requestPasswordReset: anyone(),
  checkAccountLink: anyone('own'),
  resetPassword: anyone('own'),
  undoEmailChange: anyone('own'),
  getMe: accounts('self'),
  updateProfile: accounts('self'),
  changePassword: accounts('self'),
  changeEmail: accounts('self'),
  listSessions: accounts('self'),
  endOtherSessions: accounts('self'),
  endSession: accounts('own'),

  // catalog, rates, search
  listCategories: anyone(),
  listVendors: anyone(),
  getVendor: anyone('any'),
  getProduct: anyone('any'),
  compareProducts: anyone(),
  listAvailableAgents: anyone(),
  listExchangeRates: anyone(),
  searchProducts: anyone(),
  suggest: anyone(),

  // uploads
  upload: visitors('self', 'create'),
  download: visitors('own', 'admit'),
  uploadByLink: holders('answer'),

  // solutions
  listSolutions: visitors('self', 'admit'),
  createSolution: visitors('self', 'create'),
  getSolutionSummary: visitors('self', 'admit'),
  getSolution: visitors('own', 'create current'),
  updateSolution: visitors('own', 'create current'),
  addSolutionLine: visitors('own', 'create current'),
  updateSolutionLine: visitors('own'),
  removeSolutionLine: visitors('own'),
  restoreSolutionLine: visitors('own'),
  addSolutionLinesByCode: visitors('own', 'create current'),
  readList: visitors('own', 'create current'),
  getList: visitors('own'),
  remapList: visitors('own'),
  addList: visitors('own'),
  copySolution: buyers('own'),
  copySharedSolution: visitors('any', 'create'),
  getSolutionShare: buyers('own'),
  shareSolutionByLink: buyers('own'),
  stopSharingSolution: buyers('own'),
  getSharedSolution: holders('shared-solution'),

  // wishes
  listWishes: buyers('self'),
  addWish: buyers('any'),
  removeWish: buyers('self'),

  // requests, by their buyer
  getSpecification: visitors('own'),
  checkRequest: visitors('own'),
  sendRequest: visitors('own'),
  listRequests: visitors('self', 'admit'),
  repeatRequest: visitors('own'),
  addFollowedRequest: visitors('own'),
  getRequest: visitors('own'),
  compareQuotes: visitors('own'),
  acceptQuote: visitors('own'),
  declineQuote: visitors('own'),
  askRevision: visitors('own'),
  giveMoreTime: visitors('own'),
  postBuyerMessage: visitors('own'),
  revokeLink: visitors('own'),
  renewLink: visitors('own'),
  revokeFollowLink: visitors('own'),
  renewFollowLink: visitors('own'),

  // requests, by follow link
  getFollowedRequest: holders('follow'),
  compareFollowedQuotes: holders('follow'),
  acceptFollowedQuote: holders('follow'),
  declineFollowedQuote: holders('follow'),
  askFollowedRevision: holders('follow'),
  giveMoreTimeByLink: holders('follow'),
  postFollowMessage: holders('follow'),
  revokeFollowedLink: holders('follow'),
  renewFollowedLink: holders('follow'),

  // requests, by the link to a vendor's answer
  getEnquiryByLink: holders('answer'),
  saveAnswerDraft: holders('answer'),
  sendAnswer: holders('answer'),
  checkAnswer: holders('answer'),
  markEnquiryRead: holders('answer'),
  postEnquiryMessage: holders('answer'),
  askMoreTime: holders('answer'),
  revokeLinkOfVendor: holders('answer'),
  renewLinkOfVendor: holders('answer'),

  // presence, desk
  setAgentStatus: agents('self'),
  getDesk: agents('self'),
  listAgentCalls: agents('self'),
  listAgentEnquiries: agents('self'),
  markMissedSeen: agents('self'),

  // calls
  startCall: visitors('self', 'create'),
  getSupportTerms: visitors('any', 'admit'),
  getCurrentCall: visitors('self', 'admit'),
  getCall: visitors('own'),
  hangUp: visitors('own'),
  shareSolution: visitors('own'),
  declineCall: agents('own'),
  hangUpAsAgent: agents('own'),
  writeCallNote: agents('own'),
  wrapUp: agents('own'),
  agentAnswered: twilio(),
  agentPressed: twilio(),
  dialDone: twilio(),
  visitorAnswered: twilio(),
  visitorPressed: twilio(),
  reportLegStatus: twilio(),
  reportUnusableAnswer: twilio(),

  // call-backs, ratings
  requestCallBack: visitors('self', 'create'),
  listCallBacks: visitors('self', 'admit'),
  getCallBack: visitors('own'),
  cancelCallBack: visitors('own'),
  callBack: agents('own'),
  closeCallBack: agents('own'),
  rateCall: visitors('own'),

  // call-history, notices, overview
  listCalls: buyers('self'),
  getCallStatistics: buyers('self'),
  listNotices: buyers('self'),
  countUnreadNotices: buyers('self'),
  readNotices: buyers('self'),
  getOverview: buyers('self'),

  // credits
  getCreditPrices: anyone(),
  getCredits: buyers('self'),
  listCreditEntries: buyers('self'),
  getCreditStatement: buyers('self'),
  getCreditStatementPdf: buyers('self'),
  listTopUps: buyers('self'),
  createTopUp: buyers('self'),
  getTopUp: buyers('own'),
  getProforma: buyers('own'),
  getInvoice: buyers('own'),
  listAllTopUps: staff('any'),
  confirmTopUp: staff('any'),
  reverseTopUpPayment: staff('any'),
  refundTopUp: staff('any'),
  getAnyInvoice: staff('any'),
  setCreditPrices: staff('none'),

  // staff
  listAuditEntries: staff('none'),
  findPeople: staff('none'),
  getPerson: staff('any'),
  unlockPerson: staff('any'),
  endSessionsOf: staff('any'),
  listDeliveries: staff('none'),
  resendDelivery: staff('any'),

  // complaints
  getComplaintSubject: buyers('own'),
  fileComplaint: buyers('own'),
  listComplaints: accounts('self'),
  getComplaint: accounts({ ...complainants, ...complainedAbout }),
  postComplaintMessage: accounts({ ...complainants, ...complainedAbout }),
  postComplaintNote: accounts(complainedAbout),
  reviewComplaint: accounts(complainedAbout),
  decideComplaint: accounts(complainedAbout),
  withdrawComplaint: accounts(complainants),
  getComplaintByLink: holders('complaint'),
  postComplaintMessageByLink: holders('complaint'),
  reviewComplaintByLink: holders('complaint'),
  decideComplaintByLink: holders('complaint'),
  uploadByComplaintLink: holders('complaint'),
  downloadByComplaintLink: holders('complaint'),
  getVendorQuality: anyone('any'),
};
