import type { Scope } from '#server/platform/feature.ts';
import type { World } from '../world.ts';

/** One operation of the API, tried by everybody on what belongs to one buyer. */
export interface Operation {
  id: string;
  scope: Scope;
  /** Buyer scope: about something of the buyer's own, which doesn't exist for anybody else. */
  own?: true;
  /** Buyer scope: of a buyer's account, not of a guest. */
  login?: true;
  method: string;
  path: string;
  body?: unknown;
}

/** What the owner has, for others to try their hands on. */
export interface Belongings {
  world: World;
  tokens: { sever: string; follow: string };
  solution: string;
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
  /** A top-up of an account's buyer, paid by the payment "walk". */
  topUp: string;
}

export function operationsOn(owned: Belongings): Operation[] {
  const { world, tokens, solution, line, lineId, request, enquiryId, requestLine, quote, contact, answer } =
    owned;
  const { call, callBack, list, deliveryId, otherRequest, topUp } = owned;
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

  return [
    { id: 'searchProducts', scope: 'public', method: 'GET', path: '/api/products?q=sensor' },
    {
      ...{ id: 'compareProducts', scope: 'public', method: 'GET' },
      path: `/api/product-comparisons?products=${world.products.sensor},${world.products.motor}`,
    },
    { id: 'suggest', scope: 'public', method: 'GET', path: '/api/suggestions?q=sen' },
    { id: 'getProduct', scope: 'public', method: 'GET', path: `/api/products/${world.products.sensor}` },
    { id: 'listExchangeRates', scope: 'public', method: 'GET', path: '/api/exchange-rates' },
    { id: 'listCategories', scope: 'public', method: 'GET', path: '/api/categories' },
    { id: 'listAvailableAgents', scope: 'public', method: 'GET', path: '/api/agents/available' },
    { id: 'listVendors', scope: 'public', method: 'GET', path: '/api/vendors' },
    { id: 'getVendor', scope: 'public', method: 'GET', path: `/api/vendors/${world.vendors.sever}` },
    { id: 'listSolutions', scope: 'buyer', method: 'GET', path: '/api/solutions' },
    { id: 'createSolution', scope: 'buyer', method: 'POST', path: '/api/solutions', body: {} },
    { id: 'getSolutionSummary', scope: 'buyer', method: 'GET', path: '/api/solutions/current/summary' },
    { id: 'listRequests', scope: 'buyer', method: 'GET', path: '/api/requests' },
    { id: 'getSolution', scope: 'buyer', own: true, method: 'GET', path: s },
    { id: 'updateSolution', scope: 'buyer', own: true, method: 'PATCH', path: s, body: { name: 'Mine' } },
    { id: 'addSolutionLine', scope: 'buyer', own: true, method: 'POST', path: `${s}/lines`, body: line },
    {
      id: 'updateSolutionLine',
      scope: 'buyer',
      own: true,
      method: 'PATCH',
      path: `${s}/lines/${lineId}`,
      body: { note: 'n' },
    },
    {
      id: 'addSolutionLinesByCode',
      scope: 'buyer',
      own: true,
      method: 'POST',
      path: `${s}/lines/by-code`,
      body: { text: '6ES-100 2' },
    },
    {
      id: 'readList',
      scope: 'buyer',
      own: true,
      method: 'POST',
      path: `${s}/lists`,
      body: { text: '6ES-100 2' },
    },
    { id: 'getList', scope: 'buyer', own: true, method: 'GET', path: `${s}/lists/${list}` },
    {
      id: 'remapList',
      scope: 'buyer',
      own: true,
      method: 'PUT',
      path: `${s}/lists/${list}`,
      body: { columns: [{ index: 0, role: 'code' }] },
    },
    {
      id: 'addList',
      scope: 'buyer',
      own: true,
      method: 'POST',
      path: `${s}/lists/${list}/addition`,
      body: {},
    },
    {
      id: 'getSpecification',
      scope: 'buyer',
      own: true,
      method: 'GET',
      path: `${s}/specification?kind=quote`,
    },
    { id: 'removeSolutionLine', scope: 'buyer', own: true, method: 'DELETE', path: `${s}/lines/${lineId}` },
    {
      id: 'restoreSolutionLine',
      scope: 'buyer',
      own: true,
      method: 'POST',
      path: `${s}/lines/${lineId}/restoration`,
      body: {},
    },
    {
      ...{ id: 'addFollowedRequest', scope: 'buyer', own: true, method: 'POST' },
      ...{ path: '/api/requests/additions', body: { token: tokens.follow } },
    },
    { id: 'getRequest', scope: 'buyer', own: true, method: 'GET', path: r },
    { id: 'compareQuotes', scope: 'buyer', own: true, method: 'GET', path: `${r}/comparison` },
    { id: 'giveMoreTime', scope: 'buyer', own: true, method: 'POST', path: `${r}/deadline`, body: deadline },
    {
      id: 'postBuyerMessage',
      scope: 'buyer',
      own: true,
      method: 'POST',
      path: `/api/enquiries/${enquiryId}/messages`,
      body: { text: 'Hello' },
    },
    {
      ...{ id: 'revokeLink', scope: 'buyer', own: true, method: 'DELETE' },
      path: `/api/enquiries/${enquiryId}/links/${deliveryId}`,
    },
    {
      ...{ id: 'renewLink', scope: 'buyer', own: true, method: 'POST' },
      path: `/api/enquiries/${enquiryId}/links/${deliveryId}`,
    },
    {
      ...{ id: 'revokeFollowLink', scope: 'buyer', own: true, method: 'DELETE' },
      path: `/api/requests/${otherRequest}/follow-link`,
    },
    {
      ...{ id: 'renewFollowLink', scope: 'buyer', own: true, method: 'POST' },
      path: `/api/requests/${otherRequest}/follow-link`,
    },
    {
      ...{ id: 'revokeFollowedLink', scope: 'link', method: 'DELETE' },
      path: `${followed}/enquiries/${enquiryId}/links/${deliveryId}`,
    },
    {
      ...{ id: 'renewFollowedLink', scope: 'link', method: 'POST' },
      path: `${followed}/enquiries/${enquiryId}/links/${deliveryId}`,
    },
    {
      ...{ id: 'revokeLinkOfVendor', scope: 'link', method: 'DELETE' },
      path: `${enquiry}/links/${deliveryId}`,
    },
    {
      ...{ id: 'renewLinkOfVendor', scope: 'link', method: 'POST' },
      path: `${enquiry}/links/${deliveryId}`,
    },
    { id: 'askRevision', scope: 'buyer', own: true, method: 'POST', path: `${r}/revision`, body: revision },
    { id: 'getFollowedRequest', scope: 'link', method: 'GET', path: followed },
    { id: 'compareFollowedQuotes', scope: 'link', method: 'GET', path: `${followed}/comparison` },
    {
      id: 'postFollowMessage',
      scope: 'link',
      method: 'POST',
      path: `${followed}/messages`,
      body: { enquiryId, text: 'Hello' },
    },
    {
      id: 'giveMoreTimeByLink',
      scope: 'link',
      method: 'POST',
      path: `${followed}/deadline`,
      body: { ...deadline, deadline: new Date(Date.now() + 9.5e8).toISOString() },
    },
    {
      id: 'askFollowedRevision',
      scope: 'link',
      method: 'POST',
      path: `${followed}/revision`,
      body: revision,
    },
    { id: 'getEnquiryByLink', scope: 'link', method: 'GET', path: enquiry },
    {
      id: 'saveAnswerDraft',
      scope: 'link',
      method: 'PUT',
      path: `${enquiry}/draft`,
      body: { currency: 'RSD' },
    },
    { id: 'markEnquiryRead', scope: 'link', method: 'POST', path: `${enquiry}/reading`, body: {} },
    {
      id: 'postEnquiryMessage',
      scope: 'link',
      method: 'POST',
      path: `${enquiry}/messages`,
      body: { text: 'Which cable?' },
    },
    {
      id: 'askMoreTime',
      scope: 'link',
      method: 'POST',
      path: `${enquiry}/more-time`,
      body: { text: 'Two more days' },
    },
    {
      id: 'sendAnswer',
      scope: 'link',
      method: 'POST',
      path: `${enquiry}/answer`,
      body: answer,
    },
    {
      id: 'checkAnswer',
      scope: 'link',
      method: 'POST',
      path: `${enquiry}/answer/check`,
      body: answer,
    },
    {
      id: 'acceptQuote',
      scope: 'buyer',
      own: true,
      method: 'POST',
      path: `${r}/acceptance`,
      body: acceptance,
    },
    {
      id: 'declineQuote',
      scope: 'buyer',
      own: true,
      method: 'POST',
      path: `${r}/decline`,
      body: { quoteId: quote },
    },
    {
      id: 'acceptFollowedQuote',
      scope: 'link',
      method: 'POST',
      path: `${followed}/acceptance`,
      body: acceptance,
    },
    {
      id: 'declineFollowedQuote',
      scope: 'link',
      method: 'POST',
      path: `${followed}/decline`,
      body: { quoteId: quote },
    },
    {
      id: 'checkRequest',
      scope: 'buyer',
      own: true,
      method: 'POST',
      path: '/api/requests/check',
      body: { solutionId: solution, kind: 'quote', contact },
    },
    {
      id: 'sendRequest',
      scope: 'buyer',
      own: true,
      method: 'POST',
      path: '/api/requests',
      body: { solutionId: solution, kind: 'quote', contact },
    },
    {
      id: 'login',
      scope: 'public',
      method: 'POST',
      path: '/api/account/login',
      body: { email: 'x@y.example', password: 'wrong' },
    },
    {
      ...{ id: 'register', scope: 'public', method: 'POST', path: '/api/account/registrations' },
      body: { name: 'New', email: 'new@person.example', password: 'forest rain under bridges' },
    },
    {
      ...{ id: 'verifyAddress', scope: 'public', method: 'POST', path: '/api/account/verifications' },
      body: { token: 'x' },
    },
    {
      ...{ id: 'requestPasswordReset', scope: 'public', method: 'POST' },
      ...{ path: '/api/account/password-resets', body: { email: 'nobody@person.example' } },
    },
    {
      ...{ id: 'resetPassword', scope: 'public', method: 'PUT' },
      ...{ path: '/api/account/password-resets/x', body: { password: 'forest rain under bridges' } },
    },
    {
      ...{ id: 'changePassword', scope: 'public', method: 'PUT', path: '/api/account/password' },
      body: { current: 'a guess', password: 'forest rain under bridges' },
    },
    {
      ...{ id: 'updateProfile', scope: 'public', method: 'PATCH', path: '/api/account/me' },
      body: { locale: 'en' },
    },
    {
      ...{ id: 'changeEmail', scope: 'public', method: 'POST', path: '/api/account/email-changes' },
      body: { email: 'new@person.example', password: 'a guess' },
    },
    {
      ...{ id: 'undoEmailChange', scope: 'public', method: 'POST' },
      ...{ path: '/api/account/email-change-undos', body: { token: 'x' } },
    },
    { id: 'listSessions', scope: 'public', method: 'GET', path: '/api/account/sessions' },
    { id: 'endSession', scope: 'public', method: 'DELETE', path: '/api/account/sessions/x' },
    { id: 'endOtherSessions', scope: 'public', method: 'DELETE', path: '/api/account/sessions' },
    { id: 'logout', scope: 'public', method: 'POST', path: '/api/account/logout', body: {} },
    { id: 'getMe', scope: 'public', method: 'GET', path: '/api/account/me' },
    {
      id: 'setAgentStatus',
      scope: 'agent',
      method: 'PUT',
      path: '/api/agent/status',
      body: { status: 'away' },
    },
    { id: 'requestCallBack', scope: 'buyer', method: 'POST', path: '/api/call-backs', body: calledBack },
    { id: 'listCallBacks', scope: 'buyer', method: 'GET', path: '/api/call-backs' },
    { id: 'getCallBack', scope: 'buyer', own: true, method: 'GET', path: `/api/call-backs/${callBack}` },
    {
      id: 'cancelCallBack',
      scope: 'buyer',
      own: true,
      method: 'DELETE',
      path: `/api/call-backs/${callBack}`,
    },
    {
      id: 'startCall',
      scope: 'buyer',
      method: 'POST',
      path: '/api/calls',
      body: { offerId: world.offers.sensorSever, kind: 'sales', phone: '+420601123456' },
    },
    { id: 'getCurrentCall', scope: 'buyer', method: 'GET', path: '/api/calls/current' },
    { id: 'getCall', scope: 'buyer', own: true, method: 'GET', path: `/api/calls/${call}` },
    { id: 'hangUp', scope: 'buyer', own: true, method: 'POST', path: `/api/calls/${call}/hangup` },
    {
      id: 'shareSolution',
      scope: 'buyer',
      own: true,
      method: 'PUT',
      path: `/api/calls/${call}/sharing`,
      body: { shared: true },
    },
    { id: 'declineCall', scope: 'agent', method: 'POST', path: `/api/agent/calls/${call}/decline` },
    { id: 'hangUpAsAgent', scope: 'agent', method: 'POST', path: `/api/agent/calls/${call}/hangup` },
    {
      id: 'writeCallNote',
      scope: 'agent',
      method: 'PUT',
      path: `/api/agent/calls/${call}/note`,
      body: { note: 'Wants 40 by Friday' },
    },
    {
      id: 'wrapUp',
      scope: 'agent',
      method: 'POST',
      path: `/api/agent/calls/${call}/wrap-up`,
      body: { action: 'finish' },
    },
    {
      id: 'rateCall',
      scope: 'buyer',
      own: true,
      method: 'POST',
      path: `/api/calls/${call}/rating`,
      body: { line: 5, agent: 4 },
    },
    { id: 'callBack', scope: 'agent', method: 'POST', path: `/api/agent/call-backs/${callBack}/call` },
    {
      id: 'closeCallBack',
      scope: 'agent',
      method: 'POST',
      path: `/api/agent/call-backs/${callBack}/closing`,
      body: {},
    },
    { id: 'getCreditPrices', scope: 'public', method: 'GET', path: '/api/credits/prices' },
    { id: 'getCredits', scope: 'buyer', login: true, method: 'GET', path: '/api/credits' },
    { id: 'listCreditEntries', scope: 'buyer', login: true, method: 'GET', path: '/api/credits/entries' },
    {
      id: 'getCreditStatement',
      scope: 'buyer',
      login: true,
      method: 'GET',
      path: '/api/credits/statement.csv',
    },
    { id: 'listTopUps', scope: 'buyer', login: true, method: 'GET', path: '/api/credits/top-ups' },
    {
      ...{ id: 'createTopUp', scope: 'buyer', login: true, method: 'POST', path: '/api/credits/top-ups' },
      body: { credits: '1.00', method: 'transfer' },
    },
    {
      ...{ id: 'getTopUp', scope: 'buyer', login: true, own: true, method: 'GET' },
      path: `/api/credits/top-ups/${topUp}`,
    },
    { id: 'listAllTopUps', scope: 'staff', method: 'GET', path: '/api/staff/top-ups' },
    {
      ...{ id: 'confirmTopUp', scope: 'staff', method: 'POST', path: `${paid}/confirmation` },
      body: { receivedOn: '2025-11-20', amount: { amount: '1.00', currency: 'EUR' }, bankReference: 'more' },
    },
    {
      ...{ id: 'refundTopUp', scope: 'staff', method: 'POST', path: `${paid}/refund` },
      body: { amount: '0.01', reason: 'Asked' },
    },
    {
      ...{ id: 'reverseTopUpPayment', scope: 'staff', method: 'POST', path: `${paid}/reversal` },
      body: { bankReference: 'walk', reason: 'Recalled' },
    },
    {
      ...{ id: 'setCreditPrices', scope: 'staff', method: 'PUT', path: '/api/staff/credit-prices/EUR' },
      body: { tiers: [{ from: '1.00', price: '2.00' }] },
    },
    { id: 'getDesk', scope: 'agent', method: 'GET', path: '/api/agent/desk' },
    { id: 'listAgentCalls', scope: 'agent', method: 'GET', path: '/api/agent/calls' },
    { id: 'listAgentEnquiries', scope: 'agent', method: 'GET', path: '/api/agent/enquiries' },
    { id: 'markMissedSeen', scope: 'agent', method: 'POST', path: '/api/agent/missed/seen' },
  ];
}
