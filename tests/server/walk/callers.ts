import { access } from '#server/access.ts';
import type { Row, Who } from '#server/platform/auth/access.ts';
import type { Account } from '#server/platform/auth/sessions.ts';
import type { Client, TestService } from '../../harness.ts';
import type { World } from '../../world.ts';
import { type Person, threeColleagues } from '../companies/colleagues.ts';
import { loggedIn, logIn } from '../presence/staff.ts';

/** Whose the object of a call is, seen by the caller. */
export type Relation = 'own' | 'colleague' | 'foreign' | 'absent';

export interface Caller {
  name: string;
  who: Who;
  browser: Client;
  account?: Account | null;
  /** The caller's relation to what agent Milan handles. */
  agent?: Relation;
  /** Whether the caller belongs to the vendor of what the owners have. */
  isOfVendor?: boolean;
}

/** The password of the accounts of the tests. */
export const password = 'a long enough password';

/** Returns the browsers of everybody who tries the operations, and the admin of the company among them. */
export async function createCallers(
  service: TestService,
  world: World,
): Promise<{ callers: Caller[]; admin: Person }> {
  const account = (role: Account['role'], name: string) =>
    logIn(service, {
      ...{ email: `${name}@walk.example`, name, role, locale: 'en', agentId: null },
      vendorId: role === 'manager' ? Number(world.vendors.sever) : null,
    });
  const agent = (name: 'milan' | 'ivana' | 'katrin') => loggedIn(service, world, name);
  const known = service.visitor();
  await known.post('/api/solutions', {});
  const { admin, approver, requester } = await threeColleagues(service);
  const callers: Caller[] = [
    { name: 'a new guest', who: 'guest', browser: service.visitor() },
    { name: 'another guest', who: 'guest', browser: known },
    { name: 'the guest', who: 'guest', browser: service.visitor() },
    { name: 'the buyer', who: 'buyer', browser: await account('buyer', 'buyer') },
    { name: 'another buyer', who: 'buyer', browser: await account('buyer', 'another') },
    { name: 'the admin', who: 'admin', browser: admin.browser },
    { name: 'the approver', who: 'approver', browser: approver.browser },
    { name: 'the requester', who: 'requester', browser: requester.browser },
    { name: 'the agent', who: 'agent', browser: await agent('milan'), agent: 'own', isOfVendor: true },
    {
      name: 'a colleague',
      who: 'agent',
      browser: await agent('ivana'),
      agent: 'colleague',
      isOfVendor: true,
    },
    { name: 'another agent', who: 'agent', browser: await agent('katrin'), agent: 'foreign' },
    { name: 'a manager', who: 'manager', browser: await account('manager', 'manager'), isOfVendor: true },
    { name: 'staff', who: 'staff', browser: await account('staff', 'staff') },
  ];
  for (const caller of callers) {
    const cookies = Object.fromEntries(caller.browser.cookies);
    caller.account = await service.ctx.sessions.find({ cookies });
  }
  return { callers, admin };
}

/** Returns a browser with the caller's cookies, which a call may replace there. */
export function copyOf(service: TestService, { browser }: Caller): Client {
  const client = service.visitor();
  for (const [name, value] of browser.cookies) client.cookies.set(name, value);
  return client;
}

/** Returns the caller's browser with a session of its own, so that an operation that ends it harms no other call. */
export async function withOwnSession(service: TestService, caller: Caller): Promise<Client> {
  const { ctx } = service;
  const { account } = caller;
  const client = copyOf(service, caller);
  if (account)
    client.cookies.set('session', await ctx.sessions.begin(ctx.db, { cookies: {}, headers: {} }, account));
  return client;
}

/** People of one company. */
const colleagues = ['the admin', 'the approver', 'the requester'];

export function relationOf(id: string, { name, who, agent, isOfVendor }: Caller, owner: string): Relation {
  const { scope, who: table } = access[id]!;
  // Complaints and calls are about what agents of Elektro Sever did.
  if (table[who] === 'vendor') return isOfVendor ? 'colleague' : 'foreign';
  if (scope === 'link') return 'own';
  if (scope === 'agent' && agent) return agent;
  if (name === owner) return 'own';
  return colleagues.includes(name) && colleagues.includes(owner) ? 'colleague' : 'foreign';
}

/** Returns whether the row lets somebody call the operation on such an object. */
function reaches(row: Row, who: Who, relation: Relation): boolean {
  const reach: Record<string, Relation[]> = {
    own: ['own'],
    'own, company seen': ['own'],
    company: ['own', 'colleague'],
    vendor: ['own', 'colleague'],
    any: ['own', 'colleague', 'foreign'],
  };
  const whose = row.who[who] ?? 'own';
  return reach[whose]?.includes(relation) ?? true;
}

/** Returns the status with which the table refuses a call, or null. */
export function refusalOf(id: string, who: Who, relation: Relation): number | null {
  const row = access[id]!;
  const by = row.scope === 'link' ? 'holder' : who;
  if (row.who[by] === undefined) return by === 'guest' ? 401 : 403;
  if (row.who[by] === 'own, company seen' && relation === 'colleague') return 403;
  return reaches(row, by, relation) ? null : 404;
}

/** Each of the three has another one as the colleague. */
const aColleagueOf = (name: string): string => colleagues[(colleagues.indexOf(name) + 1) % 3]!;

/** Returns the callers whose things somebody may name in an operation, by their names. */
export function ownersFor(id: string, { name, who }: Pick<Caller, 'name' | 'who'>): string[] {
  const { scope, who: table, link } = access[id]!;
  if (scope === 'link') return [link === 'company invitation' ? 'the admin' : 'the buyer'];
  if (scope === 'agent') return ['the buyer'];
  switch (table[who]) {
    case undefined:
      return [];
    case 'any':
    case 'vendor':
      return ['the buyer'];
    case 'company':
      return [name, aColleagueOf(name)];
    default:
      return [name];
  }
}
