import { afterAll, beforeAll, expect, test } from 'vitest';
import { access } from '#server/access.ts';
import type { Row, Who } from '#server/platform/auth/access.ts';
import type { Account } from '#server/platform/auth/sessions.ts';
import { type Client, start, type TestService } from '../harness.ts';
import { createWorld, type World } from '../world.ts';
import { furnish, nothingOf } from './belongings.ts';
import { threeColleagues } from './companies/colleagues.ts';
import { payee } from './credits/shop.ts';
import { type Belongings, type Call, callsOn } from './operations.ts';
import { loggedIn, logIn } from './presence/staff.ts';

/** Whose the object of a call is, seen by the caller. */
type Relation = 'own' | 'colleague' | 'foreign' | 'absent';

interface Caller {
  name: string;
  who: Who;
  browser: Client;
  account?: Account | null;
  /** The caller's relation to what agent Milan handles. */
  agent?: Relation;
  /** Whether the caller belongs to the vendor of what the owners have. */
  isOfVendor?: boolean;
}

let service: TestService;
let world: World;
let callers: Caller[];
/** What callers have, by their names. */
let owned: Record<string, Belongings>;

/** Operations of tokens, of which calls have wrong ones. */
const OF_TOKENS = ['verifyAddress', 'resetPassword', 'undoEmailChange'];

beforeAll(async () => {
  const env = {
    ...{ TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'token', TWILIO_FROM: '+38111222333' },
    // It tries everything as everybody, also what doesn't exist.
    ...{ LIMIT_BAD_LINKS_PER_MINUTE: '100000', LIMIT_READS_PER_MINUTE: '100000' },
    ...payee,
  };
  service = await start({ leaveJobs: true, env });
  world = await createWorld(service.ctx.db);
  const account = (role: Account['role'], name: string) =>
    logIn(service, {
      ...{ email: `${name}@walk.example`, name, role, locale: 'en', agentId: null },
      vendorId: role === 'manager' ? Number(world.vendors.sever) : null,
    });
  const known = service.visitor();
  await known.post('/api/solutions', {});
  callers = [
    { name: 'a new guest', who: 'guest', browser: service.visitor() },
    { name: 'another guest', who: 'guest', browser: known },
    { name: 'the guest', who: 'guest', browser: service.visitor() },
    { name: 'the buyer', who: 'buyer', browser: await account('buyer', 'buyer') },
    { name: 'another buyer', who: 'buyer', browser: await account('buyer', 'another') },
    ...(await companyOfCallers()),
    {
      name: 'the agent',
      who: 'agent',
      browser: await loggedIn(service, world, 'milan'),
      agent: 'own',
      isOfVendor: true,
    },
    {
      name: 'a colleague',
      who: 'agent',
      browser: await loggedIn(service, world, 'ivana'),
      agent: 'colleague',
      isOfVendor: true,
    },
    {
      name: 'another agent',
      who: 'agent',
      browser: await loggedIn(service, world, 'katrin'),
      agent: 'foreign',
    },
    { name: 'a manager', who: 'manager', browser: await account('manager', 'manager'), isOfVendor: true },
    { name: 'staff', who: 'staff', browser: await account('staff', 'staff') },
  ];
  for (const caller of callers) {
    const cookies = Object.fromEntries(caller.browser.cookies);
    caller.account = await service.ctx.sessions.find({ cookies });
  }
  owned = {};
  for (const { name, browser } of callers.filter((one) =>
    ['the guest', 'the buyer', 'the admin'].includes(one.name),
  ))
    owned[name] = await furnish(service, world, browser);
});
afterAll(() => service.end());

/** People of one company. */
const colleagues = ['the admin', 'the approver', 'the requester'];

async function companyOfCallers(): Promise<Caller[]> {
  const { admin, approver, requester } = await threeColleagues(service);
  return [
    { name: 'the admin', who: 'admin', browser: admin.browser },
    { name: 'the approver', who: 'approver', browser: approver.browser },
    { name: 'the requester', who: 'requester', browser: requester.browser },
  ];
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
function refusalOf(id: string, who: Who, relation: Relation): number | null {
  const row = access[id]!;
  const by = row.scope === 'link' ? 'holder' : who;
  if (row.who[by] === undefined) return by === 'guest' ? 401 : 403;
  if (row.who[by] === 'own, company seen' && relation === 'colleague') return 403;
  return reaches(row, by, relation) ? null : 404;
}

const make = (client: Client, { method, path, body }: Call) =>
  client.request(method, path, body, method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {});

/** Returns the caller's browser with a session of its own, so that an operation that ends it harms no other call. */
async function anew({ browser, account }: Caller): Promise<Client> {
  const { sessions, db } = service.ctx;
  const client = service.visitor();
  for (const [name, value] of browser.cookies) client.cookies.set(name, value);
  if (account) client.cookies.set('session', await sessions.begin(db, { cookies: {}, headers: {} }, account));
  return client;
}

/** Makes a call if the table refuses it, and returns what is wrong with its status. */
async function misjudged(id: string, caller: Caller, called: Call, relation: Relation): Promise<string[]> {
  const wanted = refusalOf(id, caller.who, relation);
  if (wanted === null) return [];
  const { status } = await make(await anew(caller), called);
  return status === wanted ? [] : [`${id} by ${caller.name}, ${relation}: ${status}, not ${wanted}`];
}

function relationOf(id: string, { name, who, agent, isOfVendor }: Caller, owner: string): Relation {
  const { scope, who: table } = access[id]!;
  // Complaints are about what agents of Elektro Sever did.
  if (table[who] === 'vendor') return isOfVendor ? 'colleague' : 'foreign';
  if (scope === 'link') return 'own';
  if (scope === 'agent' && agent) return agent;
  if (name === owner) return 'own';
  return colleagues.includes(name) && colleagues.includes(owner) ? 'colleague' : 'foreign';
}

test('everybody is refused what the table keeps from them, and what does not exist', async () => {
  const wrong: string[] = [];
  for (const [owner, belongings] of Object.entries(owned)) {
    const calls = callsOn(belongings);
    const absent = callsOn(nothingOf(belongings));
    for (const [id, called] of Object.entries(calls)) {
      for (const caller of callers) {
        const relation = relationOf(id, caller, owner);
        wrong.push(...(await misjudged(id, caller, called, relation)));
        const nothing = absent[id]!;
        if (nothing.path !== called.path || OF_TOKENS.includes(id))
          wrong.push(...(await misjudged(id, caller, nothing, 'absent')));
      }
    }
  }
  expect(wrong).toEqual([]);
});
