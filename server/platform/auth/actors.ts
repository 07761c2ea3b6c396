import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '#server/context.ts';
import type { Reader } from '../attachments.ts';
import { refuse } from '../errors.ts';
import type { PaymentEvent } from '../payments/port.ts';
import type { Link } from './links.ts';
import type { Account, Member, WithCookies } from './sessions.ts';

export type { Member } from './sessions.ts';

/** A browser without a buyer; somebody who isn't a buyer may be logged in. */
export interface Guest {
  kind: 'guest';
  account: Account | null;
}

/** Acts for a buyer: by a buyer's account or by the browser's cookie. */
export interface Buyer {
  kind: 'buyer';
  buyerId: string;
  /** The logged-in account. Agents, managers and staff act for their browser's buyer. */
  account: Account | null;
  /** Set for the account of a buyer who belongs to a company. */
  member: Member | null;
}

export interface Agent {
  kind: 'agent';
  account: Account;
  agentId: number;
  vendorId: number;
}

export interface Manager {
  kind: 'manager';
  account: Account;
  vendorId: number;
}

export interface Staff {
  kind: 'staff';
  account: Account;
}

/** Somebody with a link from a mail, with the data it leads to. */
export interface LinkHolder {
  kind: 'holder';
  link: Link<object>;
  named: object;
}

export interface Twilio {
  kind: 'twilio';
}

export interface Stripe {
  kind: 'stripe';
  event: PaymentEvent;
}

/** A program of a vendor or buyer, with a token. */
export interface Machine {
  kind: 'machine';
}

/** Who sent a request. A route's scope sets and checks it before the handler runs. */
export type Actor = Guest | Buyer | Agent | Manager | Staff | LinkHolder | Twilio | Stripe | Machine;
export type LoggedIn = Buyer | Agent | Manager | Staff;

declare module 'fastify' {
  interface FastifyRequest {
    /** Null outside of scopes, and in the public scope unless the route requires a login. */
    actor: Actor | null;
  }
}

/** Returns the actor of the logged-in account, or null. */
export async function loggedIn(
  { sessions }: Pick<Context, 'sessions'>,
  visit: WithCookies,
): Promise<LoggedIn | null> {
  const account = await sessions.find(visit);
  return account && actorOfAccount(account);
}

function actorOfAccount(account: Account): LoggedIn {
  const { role, buyerId, vendorId, agentId } = account;
  if (role === 'staff') return { kind: 'staff', account };
  if (role === 'buyer' && buyerId !== null) return actingFor(buyerId, account);
  if (role === 'manager' && vendorId !== null) return { kind: 'manager', account, vendorId };
  if (role === 'agent' && vendorId !== null && agentId !== null) {
    return { kind: 'agent', account, agentId, vendorId };
  }
  throw new Error(`the account ${account.id} lacks what its role needs`);
}

/** Returns who acts for a buyer. */
export const actingFor = (buyerId: string, account: Account | null): Buyer => ({
  ...{ kind: 'buyer', buyerId, account },
  member: account?.member ?? null,
});

/** Returns the buyer that a visit acts for. With `reply` it renews an old cookie. */
export async function buyerOrGuest(
  { sessions, buyers }: Pick<Context, 'sessions' | 'buyers'>,
  visit: WithCookies,
  reply?: FastifyReply,
): Promise<Buyer | Guest> {
  const account = await sessions.find(visit);
  const buyerId = await buyers.find(visit, account, reply);
  return buyerId === null ? { kind: 'guest', account } : actingFor(buyerId, account);
}

/** Returns the buyer that the scope admitted. */
export const buyerOf = (request: FastifyRequest): Buyer => admitted(request, 'buyer');

/** Returns the buyer, or null for a guest, on routes that admit guests. */
export function buyerOrNull({ actor }: FastifyRequest): Buyer | null {
  if (actor?.kind !== 'buyer' && actor?.kind !== 'guest')
    throw new Error('the route is not in the buyer scope');
  return actor.kind === 'buyer' ? actor : null;
}

/** Returns the buyer with their company, on routes of its people. */
export function memberOf(request: FastifyRequest): Buyer & { member: Member } {
  const buyer = buyerOf(request);
  if (!buyer.member) throw refuse('forbidden');
  return { ...buyer, member: buyer.member };
}

/** Returns the agent that the scope admitted. */
export const agentOf = (request: FastifyRequest): Agent => admitted(request, 'agent');

/** Returns the manager that the scope admitted. */
export const managerOf = (request: FastifyRequest): Manager => admitted(request, 'manager');

/** Returns the account on routes that require a login. */
export function accountOf({ actor }: FastifyRequest): Account {
  if (!actor || !('account' in actor) || !actor.account) throw new Error('the route admits guests');
  return actor.account;
}

/** Returns who reads files, on routes of the buyer scope. */
export function readerOf({ actor }: FastifyRequest): Reader {
  if (actor?.kind !== 'buyer' && actor?.kind !== 'guest')
    throw new Error('the route is not in the buyer scope');
  return { buyerId: actor.kind === 'buyer' ? actor.buyerId : null, account: actor.account };
}

/** Returns the data that the link in the URL leads to. */
export function namedBy<Named extends object>(request: FastifyRequest, link: Link<Named>): Named {
  const { link: admittedLink, named } = admitted(request, 'holder');
  if (admittedLink !== link) throw new Error(`the route admits holders of "${admittedLink.purpose}" links`);
  return named as Named;
}

/** Returns the event that Stripe has signed. */
export const paymentEventOf = (request: FastifyRequest): PaymentEvent => admitted(request, 'stripe').event;

function admitted<Kind extends Actor['kind']>(
  { actor, routeOptions }: FastifyRequest,
  kind: Kind,
): Extract<Actor, { kind: Kind }> {
  if (actor?.kind !== kind) throw new Error(`the scope of ${routeOptions.url} admits no ${kind}`);
  return actor as Extract<Actor, { kind: Kind }>;
}
