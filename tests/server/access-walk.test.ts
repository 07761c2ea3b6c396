import { afterAll, beforeAll, expect, test } from 'vitest';
import { access } from '#server/access.ts';
import { type Client, start, type TestService } from '../harness.ts';
import { createWorld, type World } from '../world.ts';
import { furnish, nothingOf } from './belongings.ts';
import { legsOf, postSigned } from './calls/signed.ts';
import type { Person } from './companies/colleagues.ts';
import { payee } from './credits/shop.ts';
import { type Belongings, type Call, callsOn } from './operations.ts';
import { sendForm } from './uploads/files.ts';
import { accountCalls } from './walk/accounts.ts';
import {
  withOwnSession,
  type Caller,
  copyOf,
  createCallers,
  ownersFor,
  refusalOf,
  type Relation,
  relationOf,
} from './walk/callers.ts';
import { type Described, successesOf } from './walk/successes.ts';
import { freshThings, inTurn, type Setting } from './walk/things.ts';

let service: TestService;
let world: World;
let callers: Caller[];
let admin: Person;
/** What callers have, by their names. */
let owned: Record<string, Belongings>;
/** Returns the status of a call that the table admits. */
let successOf: ReturnType<typeof successesOf>;

/** Operations of tokens, of which calls have wrong ones. */
const OF_TOKENS = ['verifyAddress', 'resetPassword', 'undoEmailChange'];

const many = '100000';

beforeAll(async () => {
  const env = {
    ...{ TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'token', TWILIO_FROM: '+38111222333' },
    // It tries everything as everybody, also what doesn't exist.
    ...{ LIMIT_BAD_LINKS_PER_MINUTE: many, LIMIT_READS_PER_MINUTE: many, LIMIT_WRITES_PER_MINUTE: many },
    ...{ LIMIT_REGISTRATIONS_PER_HOUR: many, LIMIT_LOGINS_PER_QUARTER_HOUR: many },
    ...{ LIMIT_REQUESTS_PER_HOUR: many, LIMIT_ANSWERS_PER_HOUR: many, LIMIT_UPLOADS_PER_HOUR: many },
    ...{ LIMIT_CALLS_PER_ADDRESS_TEN_MINUTES: many, LIMIT_CALLS_PER_ADDRESS_DAY: many },
    ...{ LIMIT_CALLS_PER_NUMBER_TEN_MINUTES: many, LIMIT_CALLS_PER_NUMBER_DAY: many },
    ...{ CALL_DAILY_BUDGET: many, CALL_UNANSWERED_CALLS: many },
    ...payee,
  };
  service = await start({ leaveJobs: true, env });
  world = await createWorld(service.ctx.db);
  ({ callers, admin } = await createCallers(service, world));
  owned = {};
  const owners = callers.filter(({ name }) => /^(the |a manager|staff)/.test(name));
  for (const { name, browser } of owners) owned[name] = await furnish(service, world, browser);
  const { paths } = (await service.outsider().get('/api/openapi.json')).body;
  successOf = successesOf(paths as Record<string, Record<string, Described>>);
});
afterAll(() => service.end());

/** Calls an operation; uploads as the form that they are. */
const make = (
  client: Client,
  id: string,
  { method, path, body }: Call,
): Promise<{ status: number; body: { code?: string } }> =>
  id.startsWith('upload')
    ? sendForm(client, service.url, note(), path)
    : client.request(method, path, body, method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {});

function note(): FormData {
  const form = new FormData();
  form.append('file', new Blob(['Please']), 'note.txt');
  return form;
}

/** Makes a call if the table refuses it, and returns what is wrong with its status. */
async function misjudged(id: string, caller: Caller, called: Call, relation: Relation): Promise<string[]> {
  const wanted = refusalOf(id, caller.who, relation);
  if (wanted === null) return [];
  // What is refused ends no session.
  const { status } = await make(copyOf(service, caller), id, called);
  return status === wanted ? [] : [`${id} by ${caller.name}, ${relation}: ${status}, not ${wanted}`];
}

/** Everybody who owns something that others try: a guest, a buyer, and somebody with colleagues. */
const tried = ['the guest', 'the buyer', 'the admin'];

test('everybody is refused what the table keeps from them, and what does not exist', async () => {
  const wrong: string[] = [];
  for (const owner of tried) {
    const calls = callsOn(owned[owner]!);
    const absent = callsOn(nothingOf(owned[owner]!));
    for (const [id, called] of Object.entries(calls)) {
      // Refusals change nothing, so callers may come all at once.
      const found = callers.map(async (caller) => {
        const nothing = absent[id]!;
        const isOther = nothing.path !== called.path || OF_TOKENS.includes(id);
        return [
          ...(await misjudged(id, caller, called, relationOf(id, caller, owner))),
          ...(isOther ? await misjudged(id, caller, nothing, 'absent') : []),
        ];
      });
      wrong.push(...(await Promise.all(found)).flat());
    }
  }
  expect(wrong).toEqual([]);
});

/** Makes a call that the table admits, on things that let it succeed, and returns what is wrong with its status. */
async function refused(id: string, caller: Caller, owner: string): Promise<string[]> {
  const client = caller.who === 'holder' ? service.outsider() : await withOwnSession(service, caller);
  const from = callers.find(({ name }) => name === owner)!;
  const things = owned[owner]!;
  const owning = { who: from.who, browser: from === caller ? client : await withOwnSession(service, from) };
  const adminsNow = await withOwnSession(
    service,
    callers.find(({ who }) => who === 'admin')!,
  );
  const setting: Setting = {
    ...{ service, world, caller, things, owner: owning },
    admin: { ...admin, browser: adminsNow },
  };
  const prepared = await accountCalls[id]?.(setting, client);
  const made = { ...things, ...(await freshThings[id]?.(setting)) };
  const called = prepared?.call ?? callsOn(made)[id];
  if (!called) return [`${id} has no call in operations.ts`];
  const { status, body } = await make(prepared?.by ?? client, id, called);
  const wanted = successOf(id, caller.who, { owner: from.who, isOwn: from === caller });
  const said = `${id} by ${caller.name} on what ${owner} has: ${status} ${body?.code ?? ''}, not ${wanted}`;
  return status === wanted ? [] : [said];
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, nth) =>
    items.slice(nth * size, (nth + 1) * size),
  );
}

test('everybody is admitted to what the table gives them', async () => {
  const holder: Caller = { name: 'a holder', who: 'holder', browser: service.outsider() };
  const wrong: string[] = [];
  // Those who stand for a role: each of them owns something.
  const admitted = [...callers.filter(({ name }) => owned[name]), holder];
  const walked = Object.keys(access).filter((id) => access[id]!.scope !== 'webhook');
  for (const id of walked) {
    const cases = admitted
      .filter(({ who }) => access[id]!.who[who] !== undefined)
      .flatMap((caller) => ownersFor(id, caller).map((owner) => ({ caller, owner })));
    const isAlone = inTurn.includes(id) || accountCalls[id] !== undefined;
    // What is counted an hour was used up by the operations before.
    await service.ctx.sql`delete from limit_counters`;
    // A few at once, as the service has few connections.
    for (const some of chunks(cases, isAlone ? 1 : 4)) {
      const found = some.map(({ caller, owner }) => refused(id, caller, owner));
      wrong.push(...(await Promise.all(found)).flat());
    }
  }
  expect(wrong).toEqual([]);
}, 600_000);

test('Twilio alone is admitted to its webhooks', async () => {
  const { call } = owned['the buyer']!;
  const [leg] = await legsOf(service.ctx.db, call);
  const paths: Record<string, (leg: string) => string> = {
    agentAnswered: (id) => `agent/${id}`,
    agentPressed: (id) => `agent/${id}/digits`,
    dialDone: (id) => `agent/${id}/done`,
    visitorAnswered: (id) => `visitor/${id}`,
    visitorPressed: (id) => `visitor/${id}/digits`,
    reportLegStatus: (id) => `status/${id}`,
    reportUnusableAnswer: () => 'fallback',
  };
  const isTwilios = (id: string) => access[id]!.who.twilio !== undefined;
  expect(Object.keys(paths)).toEqual(Object.keys(access).filter(isTwilios));
  const wrong: string[] = [];
  const to = { url: service.url, publicUrl: service.config.publicUrl };
  for (const [id, pathOf] of Object.entries(paths)) {
    for (const legId of [leg!.id, crypto.randomUUID()]) {
      const path = `/webhooks/twilio/${pathOf(legId)}`;
      for (const caller of callers) {
        const { status } = await copyOf(service, caller).request('POST', path);
        if (status !== 403) wrong.push(`${id} by ${caller.name}: ${status}, not 403`);
      }
      const { status } = await postSigned(to, path, { CallSid: leg!.sid }, { token: 'token' });
      const wanted = id === 'reportLegStatus' ? 204 : 200;
      if (status !== wanted) wrong.push(`${id} by Twilio: ${status}, not ${wanted}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('nobody is admitted to the webhook of payments without its signature', async () => {
  for (const caller of callers) {
    const { status } = await copyOf(service, caller).post('/webhooks/stripe', {});
    expect(`${caller.name}: ${status}`).toBe(`${caller.name}: 403`);
  }
});
