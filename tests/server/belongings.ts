import { randomUUID } from 'node:crypto';
import { sha256 } from '#server/platform/tokens.ts';
import type { Client, TestService } from '../harness.ts';
import type { World } from '../world.ts';
import { anAddress } from './accounts/operations.ts';
import { type CompanyBelongings, makeCompany, noCompany } from './companies/operations.ts';
import { confirm, openShopOf, topUp } from './credits/shop.ts';
import { addCall, addCallBack } from './desk/desks.ts';
import type { Belongings } from './operations.ts';
import { uploadFile } from './uploads/files.ts';

const contactOf = (email: string) => ({ name: 'Jana Horáková', email });

/**
 * Gives a browser one of everything: two requests that are sent, of which the first is answered by a vendor, a solution, a
 * conversation of agent Milan that has just ended, a call-back and, with a login, a paid top-up.
 */
export async function furnish(service: TestService, world: World, owner: Client): Promise<Belongings> {
  const line = { productId: world.products.sensor, quantity: 4 };
  const contact = contactOf(`${randomUUID()}@morava.example`);
  const asked = { ...line, offerIds: [world.offers.sensorSever, world.offers.sensorBrandt] };
  const seen = service.mail.to(world.mail.sever).length;
  const request = await send(owner, contact, asked);
  await service.drain();
  const linksOf = (address: string, from: number, page: 'e' | 'f') =>
    service.mail
      .to(address)
      .slice(from)
      .flatMap(({ links }) => links)
      .find((url) => url.includes(`/${page}/`))
      ?.split('/')
      .at(-1) ?? '';
  const tokens = {
    sever: linksOf(world.mail.sever, seen, 'e'),
    follow: linksOf(contact.email, 0, 'f'),
    complaint: '',
    shared: '',
  };
  const other = await send(owner, contact, line);
  // Else the next owner's mails would begin with those of this request.
  await service.drain();
  const holder = service.outsider();
  const path = `/api/enquiry-links/${tokens.sever}`;
  const answer = answerOf((await holder.get(path)).body.lines);
  const quote = (await holder.post(`${path}/answer`, answer)).body.id;
  const added = (await owner.post('/api/solutions/current/lines', line)).body;
  const solution = (await owner.get('/api/solutions/current')).body.id;
  const { lines, enquiries } = (await owner.get(`/api/requests/${request}`)).body;
  const { id: enquiryId, deliveries } = enquiries.find(
    ({ vendor }: { vendor: { id: string } }) => vendor.id === world.vendors.sever,
  );
  const called = await calledOnce(service, world, owner);
  const complaint = await complainAbout(owner, enquiryId);
  tokens.complaint = service.ctx.links.issue('complaint', complaint, 1);
  // Everybody has solutions and requests; only buyers' accounts have credit and share solutions.
  const isBuyer = (await owner.get('/api/credits')).status === 200;
  const shared = await shareSolution(owner, isBuyer);
  tokens.shared = shared.token;
  return {
    ...shared.solutions,
    ...{ world, tokens, contact, answer, line, solution, request, enquiryId, quote },
    ...{ ...called, payersEnquiry: enquiryId, complaint },
    address: (await owner.post('/api/account/addresses', anAddress)).body.id ?? randomUUID(),
    person: await unusedAccount(service),
    vendorsUpload: await uploadOfVendor(service, tokens.complaint),
    lineId: added.id,
    list: (await owner.post(`/api/solutions/${solution}/lists`, { text: '6ES-100 2' })).body.id,
    deliveryId: deliveries.find(({ to }: { to: string }) => to === 'agent').id,
    otherRequest: other,
    requestLine: lines[0].id,
    company: await companyOf(service, owner),
    ...(isBuyer ? await paidTopUp(service, owner) : { topUp: randomUUID(), invoice: randomUUID() }),
    upload: (await uploadFile(owner, service.url, { name: 'note.txt', content: 'Please' })).body.id,
  };
}

async function send(owner: Client, contact: object, line: object): Promise<string> {
  await owner.post('/api/solutions/current/lines', line);
  const solutionId = (await owner.get('/api/solutions/current')).body.id;
  const key = { 'idempotency-key': randomUUID() };
  return (await owner.post('/api/requests', { solutionId, kind: 'quote', contact }, key)).body.id;
}

/** Sends a request to Elektro Sever. Returns its enquiry. */
export async function enquiryOf(owner: Client, world: World): Promise<string> {
  const line = { productId: world.products.sensor, quantity: 4, offerIds: [world.offers.sensorSever] };
  const request = await send(owner, contactOf(`${randomUUID()}@morava.example`), line);
  return (await owner.get(`/api/requests/${request}`)).body.enquiries[0].id;
}

/** Returns an answer that offers each line at a price of dinars. */
export function answerOf(lines: { id: string }[], amount = '4000.00') {
  const offered = { decision: 'offer', unitPrice: { amount, currency: 'RSD' }, leadTimeDays: 3 };
  return {
    currency: 'RSD',
    validUntil: new Date(Date.now() + 30 * 864e5).toISOString().slice(0, 10),
    lines: lines.map(({ id }) => ({ lineId: id, ...offered })),
  };
}

/** Returns the id of the buyer that a browser calls as. */
export async function buyerIdIn({ ctx: { sql } }: TestService, owner: Client): Promise<string | undefined> {
  const [browser] = await sql<{ id: string }[]>`
    select buyer_id as id from visitors where token_hash = ${sha256(owner.cookies.get('sid') ?? '')}`;
  const [account] = await sql<{ id: string }[]>`select buyer_id as id from accounts a
    join account_sessions s on s.account_id = a.id
    where s.id_hash = ${sha256(owner.cookies.get('session') ?? '').toString('base64url')}`;
  return account?.id ?? browser?.id;
}

async function calledOnce(service: TestService, world: World, owner: Client) {
  const { db } = service.ctx;
  const own = { buyerId: await buyerIdIn(service, owner) };
  const at = service.clock.now();
  const about = { vendorId: world.vendors.sever, offerId: world.offers.sensorSever, at };
  const talk = { outcome: 'completed', answeredAt: at, endedAt: at, talkSeconds: 60 } as const;
  const agentId = Number(world.agents.milan);
  const call = await addCall(db, about, { ...own, ...talk, state: 'closed', agentId }, [
    { agentId, result: 'accepted', releasedAt: at },
  ]);
  return { call, callBack: await addCallBack(db, about, own) };
}

/** Files a complaint about an enquiry of the own, and returns its id; that of none for guests, who can't. */
export async function complainAbout(owner: Client, id: string): Promise<string> {
  const subject = { type: 'enquiry', id };
  const filed = { subject, category: 'line', text: 'It crackled', wish: 'answer' };
  const { status, body } = await owner.post('/api/complaints', filed);
  return status === 201 ? body.id : randomUUID();
}

/** Returns the account of somebody who never logs in. */
export async function unusedAccount({ ctx }: TestService): Promise<string> {
  const email = `${randomUUID()}@unused.example`;
  const [row] = await ctx.sql<{ id: string }[]>`
    insert into accounts (email, name, password_hash, role) values (${email}, 'Unused', 'x', 'staff') returning id`;
  return row!.id;
}

/** Uploads a file by the link of a complaint. */
export async function uploadOfVendor(service: TestService, token: string): Promise<string> {
  const path = `/api/complaint-links/${token}/uploads`;
  const { body } = await uploadFile(service.outsider(), service.url, { name: 'n.txt', content: 'So' }, path);
  return body.id ?? randomUUID();
}

/** Returns what an admin has of their company; things that don't exist for others. */
async function companyOf(service: TestService, owner: Client): Promise<CompanyBelongings> {
  const { body, status } = await owner.get('/api/company');
  if (status !== 200 || body.role !== 'admin') return noCompany();
  const { id, email } = (await owner.get('/api/account/me')).body;
  return makeCompany(service, { browser: owner, id, email });
}

/** Returns a top-up that the payment "walk" and the top-up's id has paid. */
async function paidTopUp(service: TestService, buyer: Client): Promise<{ topUp: string; invoice: string }> {
  const shop = await openShopOf(service);
  const { id, amount } = (await topUp(buyer)).body;
  await confirm(shop, id, amount.amount, `walk ${id}`);
  const [invoice] = (await buyer.get(`/api/credits/top-ups/${id}`)).body.invoices;
  return { topUp: id, invoice: invoice.id };
}

/** Shares a solution of an account by its link, and makes another one; others can do neither. */
async function shareSolution(owner: Client, isBuyer: boolean) {
  if (!isBuyer)
    return { token: '', solutions: { sharedSolution: randomUUID(), accountSolution: randomUUID() } };
  const sharedSolution: string = (await owner.get('/api/solutions/current')).body.id;
  const { url } = (await owner.put(`/api/solutions/${sharedSolution}/share`, {})).body as { url: string };
  const accountSolution: string = (await owner.post('/api/solutions', {})).body.id;
  return { token: url.split('/').at(-1) ?? '', solutions: { sharedSolution, accountSolution } };
}

/** Returns things that don't exist, under ids of the right form. */
export function nothingOf(belongings: Belongings): Belongings {
  const ids = [
    'solution',
    'sharedSolution',
    'accountSolution',
    'lineId',
    'list',
    'request',
    'otherRequest',
    'call',
    'callBack',
    'topUp',
    'invoice',
    'upload',
    'payersEnquiry',
    'vendorsUpload',
    'person',
    'address',
    'complaint',
    'session',
  ];
  const numbers = ['enquiryId', 'deliveryId', 'requestLine', 'quote'];
  const none = (names: string[], id: () => string) => Object.fromEntries(names.map((name) => [name, id()]));
  const { world } = belongings;
  const noIds = <T extends object>(of: T) =>
    Object.fromEntries(Object.keys(of).map((key) => [key, '987654321'])) as T;
  return {
    ...belongings,
    ...none(ids, randomUUID),
    ...none(numbers, () => (/^\d+$/.test(belongings.enquiryId) ? '987654321' : randomUUID())),
    world: { ...world, products: noIds(world.products), vendors: noIds(world.vendors) },
    company: noCompany(),
    tokens: {
      sever: altered(belongings.tokens.sever),
      follow: altered(belongings.tokens.follow),
      complaint: altered(belongings.tokens.complaint),
      shared: altered(belongings.tokens.shared),
    },
  };
}

const altered = (token: string) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
