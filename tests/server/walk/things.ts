import { randomUUID } from 'node:crypto';
import * as presence from '#server/presence/service.ts';
import type { Client, TestService } from '../../harness.ts';
import type { World } from '../../world.ts';
import { anAddress } from '../accounts/operations.ts';
import { answerOf, buyerIdIn, complainAbout } from '../belongings.ts';
import { colleague, join, type Person, person } from '../companies/colleagues.ts';
import { confirm, openShopOf, topUp } from '../credits/shop.ts';
import { addCall, addCallBack } from '../desk/desks.ts';
import type { Belongings } from '../operations.ts';
import { linkOf } from '../requests/answers.ts';
import type { Caller } from './callers.ts';

/** A call of an operation that is about to be made. */
export interface Setting {
  service: TestService;
  world: World;
  /** The admin of the callers' company. */
  admin: Person;
  caller: Caller;
  /** Whose things the operation is called on, in a session of its own. */
  owner: { who: Caller['who']; browser: Client };
  /** What they have. */
  things: Belongings;
}

type Fresh = (of: Setting) => Promise<Partial<Belongings>>;

const line = ({ world }: Setting) => ({
  ...{ productId: world.products.sensor, quantity: 4 },
  offerIds: [world.offers.sensorSever],
});

const solution: Fresh = async (of) => {
  const { browser } = of.owner;
  const { id } = (await browser.post('/api/solutions', {})).body;
  const added = (await browser.post(`/api/solutions/${id}/lines`, line(of))).body;
  return { solution: id, lineId: added.id };
};

const removedLine: Fresh = async (of) => {
  const made = await solution(of);
  await of.owner.browser.delete(`/api/solutions/${made.solution}/lines/${made.lineId}`);
  return made;
};

const list: Fresh = async (of) => {
  const made = await solution(of);
  const read = await of.owner.browser.post(`/api/solutions/${made.solution}/lists`, { text: '6ES-100 2' });
  return { ...made, list: read.body.id };
};

/** A request of Elektro Sever that has been answered, with its links. */
async function answered(of: Setting, price = '4000.00'): Promise<Partial<Belongings>> {
  const { service, world, things, owner } = of;
  const { browser } = owner;
  const { solution: solutionId } = await solution(of);
  const contact = { name: 'Jana Horáková', email: `${randomUUID()}@morava.example` };
  const key = { 'idempotency-key': randomUUID() };
  const sent = await browser.post('/api/requests', { solutionId, kind: 'quote', contact }, key);
  const request: string = sent.body.id;
  const sever = await linkOf(service, request, world.mail.sever);
  const path = `/api/enquiry-links/${sever}`;
  const answer = answerOf((await service.outsider().get(path)).body.lines, price);
  const quote = (await service.outsider().post(`${path}/answer`, answer)).body.id;
  const { lines, enquiries } = (await browser.get(`/api/requests/${request}`)).body;
  const [{ id: enquiryId, deliveries }] = enquiries;
  const follow = service.ctx.links.issue('follow', request, 1);
  return {
    ...{ request, otherRequest: request, quote, enquiryId, answer, requestLine: lines[0].id },
    deliveryId: deliveries.find(({ to }: { to: string }) => to === 'agent').id,
    tokens: { ...things.tokens, sever, follow },
  };
}

const withOtherPrice: Fresh = async (of) => {
  const made = await answered(of);
  const { body } = await of.service.outsider().get(`/api/enquiry-links/${made.tokens?.sever}`);
  return { ...made, answer: answerOf(body.lines, '3900.00') };
};

/** Lets an agent be called again, and their buyers call. */
async function endCalls({ service: { ctx } }: Setting): Promise<void> {
  await ctx.sql`update call_legs set released_at = now() where released_at is null`;
  await ctx.sql`update calls set state = 'closed', outcome = 'visitor_cancelled', ended_at = now()
    where state <> 'closed'`;
}

const callIn =
  (state: 'agent_ringing' | 'bridged' | 'closed'): Fresh =>
  async (of) => {
    const { service, world, owner } = of;
    await endCalls(of);
    const at = service.clock.now();
    const about = { vendorId: world.vendors.sever, offerId: world.offers.sensorSever, at };
    const agentId = Number(world.agents.milan);
    const buyerId = await buyerIdIn(service, owner.browser);
    const talk = {
      agent_ringing: {},
      bridged: { answeredAt: at },
      closed: { outcome: 'completed', answeredAt: at, endedAt: at, talkSeconds: 60 },
    } as const;
    const leg =
      state === 'agent_ringing'
        ? { agentId, status: 'ringing' as const }
        : { agentId, result: 'accepted' as const, ...(state === 'closed' ? { releasedAt: at } : {}) };
    const call = await addCall(service.ctx.db, about, { buyerId, state, agentId, ...talk[state] }, [leg]);
    return { call };
  };

const sharable: Fresh = async (of) => {
  await of.owner.browser.post('/api/solutions/current/lines', line(of));
  return callIn('bridged')(of);
};

const freeAgent: Fresh = async (of) => {
  await endCalls(of);
  const now = of.service.clock.now();
  const until = new Date(now.getTime() + 3_600_000);
  await presence.declareMany(of.service.ctx.db, [Number(of.world.agents.milan)], until, now);
  return {};
};

const callBack: Fresh = async (of) => {
  await freeAgent(of);
  const { service, world, owner } = of;
  const about = {
    ...{ vendorId: world.vendors.sever, offerId: world.offers.sensorSever },
    at: service.clock.now(),
  };
  const buyerId = await buyerIdIn(service, owner.browser);
  return { callBack: await addCallBack(service.ctx.db, about, { buyerId }) };
};

/** An enquiry that nobody has complained about. */
const objectionable: Fresh = async (of) => ({ payersEnquiry: (await answered(of)).enquiryId });

const complaint: Fresh = async (of) => {
  const { service, owner, things } = of;
  const { payersEnquiry: id = '' } = await objectionable(of);
  const filed = await complainAbout(owner.browser, id);
  return {
    complaint: filed,
    tokens: { ...things.tokens, complaint: service.ctx.links.issue('complaint', filed, 1) },
  };
};

const waitingTopUp: Fresh = async ({ owner }) => ({ topUp: (await topUp(owner.browser)).body.id });

const paid: Fresh = async ({ service, owner }) => {
  const { id, amount } = (await topUp(owner.browser)).body;
  await confirm(await openShopOf(service), id, amount.amount, `walk ${id}`);
  return { topUp: id };
};

const partlyPaid: Fresh = async ({ service, owner }) => {
  const { id } = (await topUp(owner.browser)).body;
  await confirm(await openShopOf(service), id, '20.00', `part ${id}`);
  return { topUp: id };
};

/** What the tests of companies have of one: an invitation, and a colleague of the owner. */
const people: Fresh = async ({ service, admin, things }) => {
  const invited = await admin.browser.post('/api/company/people', { email: `${randomUUID()}@m.example` });
  const added = (await colleague(service, admin)).id;
  return { company: { ...things.company, invitation: invited.body.id, person: added } };
};

/** Stands in for the owner. */
const standIns: Fresh = async ({ admin, owner, service, things }) => {
  const { id } = (await owner.browser.get('/api/account/me')).body;
  const other = owner.who === 'admin' ? (await colleague(service, admin, { role: 'approver' })).id : admin.id;
  return { company: { ...things.company, person: id, colleague: other } };
};

/** An acceptance above the limit of somebody with the owner's role. */
const approval: Fresh = async (of) => {
  const { admin, owner, things } = of;
  const limits = [{ amount: '1.00', currency: 'EUR' }];
  const { id } = (await owner.browser.get('/api/account/me')).body;
  const limit = (to: object[]) => admin.browser.patch(`/api/company/people/${id}`, { limits: to });
  await limit(limits);
  const { request, quote } = await answered(of);
  const { body } = await owner.browser.post(`/api/requests/${request}/acceptance`, {
    quotes: [{ quoteId: quote }],
  });
  await limit([]);
  return { company: { ...things.company, approval: body.approvalId } };
};

/** Returns somebody new in the company, in that role. */
export const newColleague = async ({ service, admin }: Setting, role: string): Promise<Person> =>
  join(admin, await person(service), { role });

const address: Fresh = async ({ owner, things }) => ({
  address: (await owner.browser.post('/api/account/addresses', anAddress)).body.id ?? things.address,
});

/** What operations need that other calls of the walk have used up: each call of them gets another. */
export const freshThings: Readonly<Record<string, Fresh>> = {
  ...{ removeSolutionLine: solution, restoreSolutionLine: removedLine, addList: list, remapList: list },
  ...{ sendRequest: solution, addSolutionLine: solution },
  ...{ acceptQuote: answered, declineQuote: answered, askRevision: answered, giveMoreTime: answered },
  ...{ revokeLink: answered, renewLink: answered, revokeFollowLink: answered, renewFollowLink: answered },
  ...{ acceptFollowedQuote: answered, declineFollowedQuote: answered, askFollowedRevision: answered },
  ...{ giveMoreTimeByLink: answered, revokeFollowedLink: answered, renewFollowedLink: answered },
  ...{ askMoreTime: answered, revokeLinkOfVendor: answered, renewLinkOfVendor: answered },
  ...{ sendAnswer: withOtherPrice, addFollowedRequest: answered },
  ...{ startCall: freeAgent, hangUp: callIn('bridged'), shareSolution: sharable },
  ...{ declineCall: callIn('agent_ringing'), hangUpAsAgent: callIn('bridged') },
  ...{ writeCallNote: callIn('bridged'), wrapUp: callIn('closed'), rateCall: callIn('closed') },
  ...{ cancelCallBack: callBack, callBack, closeCallBack: callBack },
  ...{ reviewComplaint: complaint, decideComplaint: complaint, withdrawComplaint: complaint },
  ...{ reviewComplaintByLink: complaint, decideComplaintByLink: complaint, fileComplaint: objectionable },
  ...{ cancelTopUp: waitingTopUp, cancelAnyTopUp: waitingTopUp, settleTopUp: partlyPaid },
  ...{ refundTopUp: paid, reverseTopUpPayment: paid },
  ...{ withdrawInvitation: people, updateColleague: people },
  ...{ nameStandIn: standIns, endStandIn: standIns },
  ...{ updateDeliveryAddress: address, removeDeliveryAddress: address },
  ...{ getApproval: approval, decideApproval: approval, withdrawApproval: approval },
};

/** Operations whose calls would disturb each other, were they made at once: about the one agent, and about limits. */
export const inTurn: readonly string[] = [
  ...['startCall', 'hangUp', 'shareSolution', 'declineCall', 'hangUpAsAgent', 'writeCallNote', 'wrapUp'],
  ...['rateCall', 'cancelCallBack', 'callBack', 'closeCallBack', 'requestCallBack'],
  ...['getApproval', 'decideApproval', 'withdrawApproval', 'nameStandIn', 'endStandIn'],
];
