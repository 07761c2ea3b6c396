import type { World } from '../world.ts';
import { accountCalls } from './accounts/operations.ts';
import { companyCalls, type CompanyBelongings } from './companies/operations.ts';

/** A call of an operation. */
export interface Call {
  method: string;
  path: string;
  body?: unknown;
}

const get = (path: string): Call => ({ method: 'GET', path });
const post = (path: string, body?: unknown): Call => ({ method: 'POST', path, body });
const put = (path: string, body: unknown): Call => ({ method: 'PUT', path, body });
const patch = (path: string, body: unknown): Call => ({ method: 'PATCH', path, body });
const del = (path: string, body?: unknown): Call => ({ method: 'DELETE', path, body });

/** What the owner has, for others to try their hands on. */
export interface Belongings {
  world: World;
  tokens: { sever: string; follow: string; complaint: string; shared: string };
  solution: string;
  /** A solution of an account's buyer, shared by the link of `tokens.shared`. */
  sharedSolution: string;
  /** Another one of theirs, whose sharing nothing else uses. */
  accountSolution: string;
  line: object;
  lineId: string;
  list: string;
  request: string;
  enquiryId: string;
  /** A mail to one of the vendor's people, whose link nothing else uses. */
  deliveryId: string;
  /** A request whose follow link nothing else uses. */
  otherRequest: string;
  requestLine: string;
  quote: string;
  contact: object;
  answer: object;
  /** A conversation that ended just now. */
  call: string;
  callBack: string;
  /** A top-up of an account's buyer, paid by the payment "walk <its id>". */
  topUp: string;
  /** Of the top-up. */
  invoice: string;
  /** A file that nothing uses yet. */
  upload: string;
  /** An enquiry of an account's buyer, and a complaint of theirs. */
  payersEnquiry: string;
  complaint: string;
  /** A delivery address of an account. */
  address: string;
  /** An account that nobody uses. */
  person: string;
  /** A file that the vendor uploaded by the complaint's link. */
  vendorsUpload: string;
  /** What its account has of a company. */
  company: CompanyBelongings;
}

/** What no authenticator has signed. */
const noCredential = { id: 'none', response: {} };

/** Returns a call of each operation on what somebody has, which its owner may make. */
export function callsOn(owned: Belongings): Record<string, Call> {
  const { world, tokens, solution, line, lineId, request, enquiryId, requestLine, quote, contact, answer } =
    owned;
  const {
    call,
    callBack,
    list,
    deliveryId,
    otherRequest,
    topUp,
    invoice,
    upload,
    payersEnquiry,
    complaint,
    vendorsUpload,
    person,
    company,
    address,
  } = owned;
  const objection = `/api/complaints/${complaint}`;
  const byLink = `/api/complaint-links/${tokens.complaint}`;
  const { sharedSolution, accountSolution } = owned;
  const paid = `/api/staff/top-ups/${topUp}`;
  const calledBack = {
    offerId: world.offers.motorSever,
    kind: 'support',
    /** Another number each time it is sent: one request per number and vendor is open. */
    get phone() {
      return `+42060112${Math.floor(1_000 + Math.random() * 8_999)}`;
    },
    wantedAt: new Date(Date.now() + 864e5).toISOString(),
  };
  const s = `/api/solutions/${solution}`;
  const r = `/api/requests/${request}`;
  const followed = `/api/follow/${tokens.follow}`;
  const enquiry = `/api/enquiry-links/${tokens.sever}`;
  const acceptance = { quotes: [{ quoteId: quote, lineIds: [requestLine] }] };
  const revision = { enquiryId, message: 'Sooner?' };
  const deadline = { enquiryId, deadline: new Date(Date.now() + 9e8).toISOString() };

  return {
    searchProducts: get('/api/products?q=sensor'),
    compareProducts: get(
      `/api/product-comparisons?products=${world.products.sensor},${world.products.motor}`,
    ),
    suggest: get('/api/suggestions?q=sen'),
    getProduct: get(`/api/products/${world.products.sensor}`),
    listExchangeRates: get('/api/exchange-rates'),
    listCategories: get('/api/categories'),
    listAvailableAgents: get('/api/agents/available'),
    listVendors: get('/api/vendors'),
    getSupportTerms: get(`/api/support-terms?vendor=${world.vendors.sever}`),
    getVendor: get(`/api/vendors/${world.vendors.sever}`),
    upload: post('/api/uploads', {}),
    download: get(`/api/uploads/${upload}`),
    uploadByLink: post(`${enquiry}/uploads`, {}),
    getComplaintSubject: get(`/api/complaint-subjects?type=enquiry&id=${payersEnquiry}`),
    fileComplaint: post('/api/complaints', {
      subject: { type: 'enquiry', id: payersEnquiry },
      ...{ category: 'late', text: 'It never came', wish: 'answer' },
    }),
    listComplaints: get('/api/complaints'),
    getComplaint: get(objection),
    postComplaintMessage: post(`${objection}/messages`, { text: 'Hello' }),
    postComplaintNote: post(`${objection}/notes`, { text: 'Between us' }),
    reviewComplaint: post(`${objection}/review`),
    decideComplaint: post(`${objection}/decision`, { decision: 'rejected', reason: 'It did not' }),
    withdrawComplaint: post(`${objection}/withdrawal`),
    getComplaintByLink: get(byLink),
    postComplaintMessageByLink: post(`${byLink}/messages`, { text: 'Sorry' }),
    reviewComplaintByLink: post(`${byLink}/review`),
    decideComplaintByLink: post(`${byLink}/decision`, { decision: 'rejected', reason: 'It did not' }),
    uploadByComplaintLink: post(`${byLink}/uploads`, {}),
    downloadByComplaintLink: get(`${byLink}/uploads/${vendorsUpload}`),
    getVendorQuality: get(`/api/vendors/${world.vendors.sever}/quality`),
    listAuditEntries: get('/api/staff/audit'),
    findPeople: get('/api/staff/people?q=walk'),
    getPerson: get(`/api/staff/people/${person}`),
    unlockPerson: post(`/api/staff/people/${person}/unlocking`),
    endSessionsOf: del(`/api/staff/people/${person}/sessions`),
    resetSecondFactorOf: post(`/api/staff/people/${person}/second-factor-reset`, { reason: 'Lost phone' }),
    listDeliveries: get('/api/staff/deliveries'),
    resendDelivery: post(`/api/staff/deliveries/${deliveryId}/resending`),
    listSolutions: get('/api/solutions'),
    createSolution: post('/api/solutions', {}),
    getSolutionSummary: get('/api/solutions/current/summary'),
    listRequests: get('/api/requests'),
    getSolution: get(s),
    updateSolution: patch(s, { name: 'Mine' }),
    addSolutionLine: post(`${s}/lines`, line),
    updateSolutionLine: patch(`${s}/lines/${lineId}`, { note: 'n' }),
    addSolutionLinesByCode: post(`${s}/lines/by-code`, { text: '6ES-100 2' }),
    readList: post(`${s}/lists`, { text: '6ES-100 2' }),
    getList: get(`${s}/lists/${list}`),
    remapList: put(`${s}/lists/${list}`, { columns: [{ index: 0, role: 'code' }] }),
    addList: post(`${s}/lists/${list}/addition`, {}),
    copySolution: post(`/api/solutions/${sharedSolution}/copies`, {}),
    copySharedSolution: post('/api/solutions/copies', { token: tokens.shared }),
    getSolutionShare: get(`/api/solutions/${sharedSolution}/share`),
    shareSolutionByLink: put(`/api/solutions/${sharedSolution}/share`, {}),
    getSharedSolution: get(`/api/shared-solutions/${tokens.shared}`),
    listWishes: get('/api/wishes'),
    addWish: put(`/api/wishes/${world.products.sensor}`, {}),
    removeWish: del(`/api/wishes/${world.products.motor}`),
    getSpecification: get(`${s}/specification?kind=quote`),
    removeSolutionLine: del(`${s}/lines/${lineId}`),
    restoreSolutionLine: post(`${s}/lines/${lineId}/restoration`, {}),
    repeatRequest: post(`${r}/copies`, {}),
    addFollowedRequest: post('/api/requests/additions', { token: tokens.follow }),
    getRequest: get(r),
    compareQuotes: get(`${r}/comparison`),
    giveMoreTime: post(`${r}/deadline`, deadline),
    postBuyerMessage: post(`/api/enquiries/${enquiryId}/messages`, { text: 'Hello' }),
    revokeLink: del(`/api/enquiries/${enquiryId}/links/${deliveryId}`),
    renewLink: post(`/api/enquiries/${enquiryId}/links/${deliveryId}`),
    revokeFollowLink: del(`/api/requests/${otherRequest}/follow-link`),
    renewFollowLink: post(`/api/requests/${otherRequest}/follow-link`),
    revokeFollowedLink: del(`${followed}/enquiries/${enquiryId}/links/${deliveryId}`),
    renewFollowedLink: post(`${followed}/enquiries/${enquiryId}/links/${deliveryId}`),
    revokeLinkOfVendor: del(`${enquiry}/links/${deliveryId}`),
    renewLinkOfVendor: post(`${enquiry}/links/${deliveryId}`),
    askRevision: post(`${r}/revision`, revision),
    getFollowedRequest: get(followed),
    compareFollowedQuotes: get(`${followed}/comparison`),
    postFollowMessage: post(`${followed}/messages`, { enquiryId, text: 'Hello' }),
    giveMoreTimeByLink: post(`${followed}/deadline`, {
      ...deadline,
      deadline: new Date(Date.now() + 9.5e8).toISOString(),
    }),
    askFollowedRevision: post(`${followed}/revision`, revision),
    getEnquiryByLink: get(enquiry),
    saveAnswerDraft: put(`${enquiry}/draft`, { currency: 'RSD' }),
    markEnquiryRead: post(`${enquiry}/reading`, {}),
    postEnquiryMessage: post(`${enquiry}/messages`, { text: 'Which cable?' }),
    askMoreTime: post(`${enquiry}/more-time`, { text: 'Two more days' }),
    sendAnswer: post(`${enquiry}/answer`, answer),
    checkAnswer: post(`${enquiry}/answer/check`, answer),
    acceptQuote: post(`${r}/acceptance`, acceptance),
    declineQuote: post(`${r}/decline`, { quoteId: quote }),
    acceptFollowedQuote: post(`${followed}/acceptance`, acceptance),
    declineFollowedQuote: post(`${followed}/decline`, { quoteId: quote }),
    checkRequest: post('/api/requests/check', { solutionId: solution, kind: 'quote', contact }),
    sendRequest: post('/api/requests', { solutionId: solution, kind: 'quote', contact }),
    login: post('/api/account/login', { email: 'x@y.example', password: 'wrong' }),
    register: post('/api/account/registrations', {
      name: 'New',
      email: 'new@person.example',
      password: 'forest rain under bridges',
    }),
    verifyAddress: post('/api/account/verifications', { token: 'x' }),
    requestPasswordReset: post('/api/account/password-resets', { email: 'nobody@person.example' }),
    checkAccountLink: post('/api/account/link-checks', { kind: 'password_reset', token: 'x' }),
    resetPassword: put('/api/account/password-resets/x', { password: 'forest rain under bridges' }),
    changePassword: put('/api/account/password', {
      current: 'a guess',
      password: 'forest rain under bridges',
    }),
    updateProfile: patch('/api/account/me', { locale: 'en' }),
    changeEmail: post('/api/account/email-changes', { email: 'new@person.example', password: 'a guess' }),
    undoEmailChange: post('/api/account/email-change-undos', { token: 'x' }),
    getTwoFactor: get('/api/account/two-factor'),
    confirmTwoFactor: put('/api/account/two-factor', { code: '000000' }),
    startTwoFactor: post('/api/account/two-factor'),
    endTwoFactor: del('/api/account/two-factor', { password: 'a guess' }),
    renewRecoveryCodes: post('/api/account/two-factor/recovery-codes', { password: 'a guess' }),
    startPasskey: post('/api/account/passkey-challenges', { password: 'a guess' }),
    addPasskey: post('/api/account/passkeys', { name: 'Key', credential: noCredential }),
    renamePasskey: patch('/api/account/passkeys/x', { name: 'Key' }),
    removePasskey: del('/api/account/passkeys/x', { password: 'a guess' }),
    startPasskeyLogin: post('/api/account/second-step/passkey-challenges'),
    finishLoginWithPasskey: post('/api/account/second-step/passkey', { credential: noCredential }),
    getSecondStep: get('/api/account/second-step'),
    finishLogin: post('/api/account/second-step', { code: '000000' }),
    setAgentStatus: put('/api/agent/status', { status: 'away' }),
    requestCallBack: post('/api/call-backs', calledBack),
    listCallBacks: get('/api/call-backs'),
    getCallBack: get(`/api/call-backs/${callBack}`),
    cancelCallBack: del(`/api/call-backs/${callBack}`),
    startCall: post('/api/calls', {
      offerId: world.offers.sensorSever,
      kind: 'sales',
      phone: '+420601123456',
    }),
    getCurrentCall: get('/api/calls/current'),
    getCall: get(`/api/calls/${call}`),
    hangUp: post(`/api/calls/${call}/hangup`),
    shareSolution: put(`/api/calls/${call}/sharing`, { shared: true }),
    declineCall: post(`/api/agent/calls/${call}/decline`),
    hangUpAsAgent: post(`/api/agent/calls/${call}/hangup`),
    writeCallNote: put(`/api/agent/calls/${call}/note`, { note: 'Wants 40 by Friday' }),
    wrapUp: post(`/api/agent/calls/${call}/wrap-up`, { action: 'finish' }),
    rateCall: post(`/api/calls/${call}/rating`, { line: 5, agent: 4 }),
    callBack: post(`/api/agent/call-backs/${callBack}/call`),
    closeCallBack: post(`/api/agent/call-backs/${callBack}/closing`, {}),
    getCreditPrices: get('/api/credits/prices'),
    getCredits: get('/api/credits'),
    listCreditEntries: get('/api/credits/entries'),
    getCreditStatement: get('/api/credits/statement.csv'),
    listTopUps: get('/api/credits/top-ups'),
    createTopUp: post('/api/credits/top-ups', { credits: '1.00', method: 'transfer' }),
    getTopUp: get(`/api/credits/top-ups/${topUp}`),
    checkTopUp: post(`/api/credits/top-ups/${topUp}/check`),
    cancelTopUp: del(`/api/credits/top-ups/${topUp}`),
    getCreditStatementPdf: get('/api/credits/statement.pdf'),
    getProforma: get(`/api/credits/top-ups/${topUp}/proforma.pdf`),
    getInvoice: get(`/api/credits/invoices/${invoice}/invoice.pdf`),
    getAnyInvoice: get(`/api/staff/invoices/${invoice}/invoice.pdf`),
    listAllTopUps: get('/api/staff/top-ups'),
    confirmTopUp: post(`${paid}/confirmation`, {
      receivedOn: '2025-11-20',
      amount: { amount: '1.00', currency: 'EUR' },
      bankReference: 'more',
    }),
    refundTopUp: post(`${paid}/refund`, { amount: '0.01', reason: 'Asked' }),
    reverseTopUpPayment: post(`${paid}/reversal`, { bankReference: `walk ${topUp}`, reason: 'Recalled' }),
    settleTopUp: post(`${paid}/settlement`),
    cancelAnyTopUp: post(`${paid}/cancellation`),
    setCreditPrices: put('/api/staff/credit-prices/EUR', { tiers: [{ from: '1.00', price: '2.00' }] }),
    getDesk: get('/api/agent/desk'),
    listAgentCalls: get('/api/agent/calls'),
    listAgentEnquiries: get('/api/agent/enquiries'),
    markMissedSeen: post('/api/agent/missed/seen'),
    listCalls: get('/api/calls'),
    getCallStatistics: get('/api/call-statistics'),
    listVendorCalls: get('/api/vendor/calls'),
    listNotices: get('/api/notices'),
    countUnreadNotices: get('/api/notices/unread'),
    readNotices: post('/api/notices/reading'),
    getOverview: get('/api/account/overview'),
    stopSharingSolution: del(`/api/solutions/${accountSolution}/share`),
    ...companyCalls(company),
    ...accountCalls(address),
  };
}
