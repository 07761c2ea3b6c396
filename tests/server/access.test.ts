import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { access } from '#server/access.ts';
import { createCallInProcess } from '#server/platform/in-process.ts';
import { sha256 } from '#server/platform/tokens.ts';
import { type Answer, type Client, start, type TestService } from '../harness.ts';
import { createWorld, type World } from '../world.ts';
import { anAddress } from './accounts/operations.ts';
import { callsOn } from './operations.ts';
import { makeCompany } from './companies/operations.ts';
import { addCall, addCallBack } from './desk/desks.ts';
import { buyCredit, payee } from './credits/shop.ts';
import { complainAbout, enquiryOf, unusedAccount, uploadOfVendor } from './belongings.ts';
import { uploadFile } from './uploads/files.ts';
import { type Operation, statusesFor, strangersTo, tokenIn, withoutNow } from './strangers.ts';

let service: TestService;
let world: World;
let owner: Client;
/** An account's buyer, who owns what guests can't have. */
let payer: Client;
let operations: Operation[];
let tokens: {
  sever: string;
  brandt: string;
  follow: string;
  complaint: string;
  shared: string;
  invitation: string;
};

const contact = { name: 'Jana Horáková', email: 'jana@morava.example' };
const uuid = '01926d3a-7b1c-7def-8123-456789abcdef';

beforeAll(async () => {
  const env = {
    TWILIO_ACCOUNT_SID: 'AC1',
    TWILIO_AUTH_TOKEN: 'token',
    TWILIO_FROM: '+38111222333',
    ...payee,
  };
  service = await start({ leaveJobs: true, env });
  world = await createWorld(service.ctx.db);
  owner = service.visitor();
  const line = { productId: world.products.sensor, quantity: 4 };
  await owner.post('/api/solutions/current/lines', {
    ...line,
    offerIds: [world.offers.sensorSever, world.offers.sensorBrandt],
  });
  const sentSolution = (await owner.get('/api/solutions/current')).body.id;
  const request = (
    await owner.post(
      '/api/requests',
      { solutionId: sentSolution, kind: 'quote', contact },
      { 'idempotency-key': 'one' },
    )
  ).body;
  await service.drain();
  tokens = {
    sever: tokenIn(service, world.mail.sever, 'e'),
    brandt: tokenIn(service, world.mail.brandt, 'e'),
    follow: tokenIn(service, contact.email, 'f'),
    complaint: '',
    shared: '',
    invitation: '',
  };
  await owner.post('/api/solutions/current/lines', line);
  const other = (
    await owner.post(
      '/api/requests',
      { solutionId: (await owner.get('/api/solutions/current')).body.id, kind: 'quote', contact },
      { 'idempotency-key': 'two' },
    )
  ).body;
  const quote = await answer(tokens.sever);
  const added = (await owner.post('/api/solutions/current/lines', line)).body;
  const solution = (await owner.get('/api/solutions/current')).body.id;
  const requestLine = (await owner.get(`/api/requests/${request.id}`)).body.lines[0].id;
  const { enquiries } = (await owner.get(`/api/requests/${request.id}`)).body;
  const { id: enquiryId, deliveries } = enquiries.find(
    ({ vendor }: { vendor: { id: string } }) => vendor.id === world.vendors.sever,
  );

  const list = (await owner.post(`/api/solutions/${solution}/lists`, { text: '6ES-100 2' })).body.id;
  const { sql } = service.ctx;
  const credit = await buyCredit(service);
  payer = credit.buyer;
  const sharedSolution = (await payer.get('/api/solutions/current')).body.id;
  const { url } = (await payer.put(`/api/solutions/${sharedSolution}/share`, {})).body;
  tokens.shared = url.split('/').at(-1);
  const accountSolution = (await payer.post('/api/solutions', {})).body.id;
  const { email, id } = (await payer.get('/api/account/me')).body;
  const company = await makeCompany(service, { browser: payer, email, id });
  tokens.invitation = company.token;
  const own = await sql<{ id: string }[]>`
    select buyer_id as id from visitors where token_hash = ${sha256(owner.cookies.get('sid') ?? '')}`;
  const complaint = await complainAbout(payer, await enquiryOf(payer, world));
  const objected = await complainAbout(payer, await enquiryOf(payer, world));
  tokens.complaint = service.ctx.links.issue('complaint', objected, 1);
  const calls = callsOn({
    ...(await calledOnce(own[0]?.id)),
    ...{ sharedSolution, accountSolution },
    ...{ topUp: credit.topUpId, invoice: credit.invoiceId },
    ...{ complaint, payersEnquiry: await enquiryOf(payer, world) },
    person: await unusedAccount(service),
    address: (await payer.post('/api/account/addresses', anAddress)).body.id,
    vendorsUpload: await uploadOfVendor(service, tokens.complaint),
    upload: (await uploadFile(owner, service.url, { name: 'note.txt', content: 'Please' })).body.id,
    company,
    ...{ world, tokens, solution, line },
    lineId: added.id,
    list,
    request: request.id,
    enquiryId,
    deliveryId: deliveries.find(({ to }: { to: string }) => to === 'agent').id,
    otherRequest: other.id,
    requestLine,
    quote,
    contact,
    answer: await answerBody(tokens.sever, '3900.00'),
  });
  operations = Object.entries(calls).map(([id, called]) => ({ id, ...called, row: access[id]! }));
});
afterAll(() => service.end());

/** Adds a conversation of a buyer that has just ended, and a call-back request. */
async function calledOnce(buyerId: string | undefined): Promise<{ call: string; callBack: string }> {
  const { db } = service.ctx;
  const at = service.clock.now();
  const own = { buyerId };
  const about = { vendorId: world.vendors.sever, offerId: world.offers.sensorSever, at };
  const talk = { outcome: 'completed', answeredAt: at, endedAt: at, talkSeconds: 60 } as const;
  const agentId = Number(world.agents.milan);
  const call = await addCall(db, about, { ...own, ...talk, state: 'closed', agentId }, [
    { agentId, result: 'accepted', releasedAt: at },
  ]);
  return { call, callBack: await addCallBack(db, about, own) };
}

async function answerBody(token: string, amount: string) {
  const enquiry = (await service.outsider().get(`/api/enquiry-links/${token}`)).body;
  return {
    currency: 'RSD',
    validUntil: new Date(Date.now() + 30 * 864e5).toISOString().slice(0, 10),
    lines: enquiry.lines.map((line: { id: string }) => ({
      lineId: line.id,
      decision: 'offer',
      unitPrice: { amount, currency: 'RSD' },
      leadTimeDays: 3,
    })),
  };
}

async function answer(token: string): Promise<string> {
  return (
    await service.outsider().post(`/api/enquiry-links/${token}/answer`, await answerBody(token, '4000.00'))
  ).body.id;
}

const call = (client: Client, { method, path, body }: Operation, at = path): Promise<Answer> =>
  client.request(method, at, body, method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {});

/** Of what belongs to browsers and their buyers, guests included. */
const isOfVisitor = ({ row }: Operation) => row.scope === 'buyer' && row.who.guest === 'own';
const isOfAccount = ({ path }: Operation) => path.startsWith('/api/account/');

describe('the access to operations', () => {
  test("a stranger gets the same answer for an unknown id as for somebody else's", async () => {
    for (const operation of operations.filter((one) => isOfVisitor(one) && one.path !== '/api/requests')) {
      const absent = operation.path.replace(
        /(solutions|requests|enquiries|calls|call-backs)\/[^/?]+/,
        `$1/${uuid}`,
      );
      const foreign = await call(service.visitor(), operation);
      const unknown = await call(service.visitor(), operation, absent);
      expect(unknown.body, operation.id).toEqual(foreign.body);
      expect(
        (await call(service.visitor(), operation, absent.replace(uuid, 'no-id'))).status,
        operation.id,
      ).toBe(404);
    }
  });

  test('a change by cookie from another site is refused before anything else', async () => {
    for (const operation of operations.filter(
      ({ row, method }) => row.scope !== 'link' && method !== 'GET',
    )) {
      const reply = await owner.request(operation.method, operation.path, operation.body, {
        origin: 'https://evil.example',
      });
      expect(`${operation.id}: ${reply.status}`).toBe(`${operation.id}: 403`);
    }
  });

  test('every altered or wrong link gets the same 404', async () => {
    const replies = new Set<string>();
    for (const operation of operations.filter(({ row }) => row.scope === 'link')) {
      const { follow, sever, complaint, shared, invitation } = tokens;
      const right =
        [follow, complaint, shared, invitation].find((token) => operation.path.includes(token)) ?? sever;
      const wrong = [
        right === follow ? sever : follow,
        `${right.slice(0, -1)}${right.endsWith('A') ? 'B' : 'A'}`,
        right.slice(1),
        'x',
      ];
      for (const token of wrong) {
        const reply = await call(service.outsider(), operation, operation.path.replace(right, token));
        replies.add(`${reply.status} ${JSON.stringify(reply.body)}`);
      }
    }
    expect([...replies]).toEqual([expect.stringMatching(/^404 .*link_not_valid/)]);
  });

  test("one vendor's link shows nothing of another vendor", async () => {
    const sever = JSON.stringify((await service.outsider().get(`/api/enquiry-links/${tokens.sever}`)).body);
    const brandt = JSON.stringify((await service.outsider().get(`/api/enquiry-links/${tokens.brandt}`)).body);
    for (const word of ['Brandt', 'BI-100', '38.5', '35.00']) expect(sever).not.toContain(word);
    for (const word of ['Sever', 'ES-S1', '4500', '4000']) expect(brandt).not.toContain(word);
  });

  test('no answer to anybody holds a telephone number or an address of an agent', async () => {
    for (const operation of operations.filter(
      (one) => ['public', 'buyer'].includes(one.row.scope) && !isOfVisitor(one) && !isOfAccount(one),
    )) {
      const text = JSON.stringify((await call(service.visitor(), operation)).body);
      expect(text, operation.id).not.toMatch(/@sever\.example|@brandt\.example|\+381/);
    }
  });

  test('a page reads the same in process as its visitor over HTTP, by every operation', async () => {
    const callInProcess = createCallInProcess(service.app);
    // Browsers download files themselves.
    const isJson = ({ method, id }: Operation) => method === 'GET' && !id.startsWith('download');
    for (const { id, row, path } of operations.filter(isJson)) {
      const client = row.scope === 'link' ? service.outsider() : owner;
      const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const overHttp = await client.get(path);
      const { status, body } = await callInProcess({
        ...{ method: 'GET', url: path, headers: { cookie }, body: undefined, address: '127.0.0.1', view: {} },
      });
      expect({ id, status, body: withoutNow(body) }).toStrictEqual({
        ...{ id, status: overHttp.status, body: withoutNow(overHttp.body) },
      });
    }
  });

  test('the owner and the holders of the links are admitted by every operation of theirs', async () => {
    // Nobody may decide what they asked for themselves; tests/server/companies walks through approvals.
    const theirs = (one: Operation) =>
      (one.row.scope === 'link' || one.row.who.buyer !== undefined || one.row.who.admin !== undefined) &&
      !isOfAccount(one) &&
      !one.path.startsWith('/api/approvals/');
    for (const operation of operations.filter(theirs)) {
      const own = operation.row.who.guest ? owner : payer;
      const reply = await call(operation.row.scope === 'link' ? service.outsider() : own, operation);
      // Some are refused by their own rules: the answer was corrected, the call is over, nobody is free, an admin must stay.
      const decided =
        /^(accept|decline|startCall|shareSolution|createCompany|removeColleague|cancelTopUp)/.test(
          operation.id,
        );
      // These take forms, which the walk doesn't send.
      const isForm = operation.id.startsWith('upload');
      expect(`${operation.id}: ${reply.status}`).toMatch(
        isForm ? /: 415$/ : decided ? /: (200|409)$/ : /: (200|201|202|204)$/,
      );
    }
  });

  test('every other actor gets what the scope of an operation gives them, and only Twilio may call webhooks', async () => {
    const everybody = await strangersTo(service, world);
    for (const operation of operations.filter(({ id }) => id !== 'logout')) {
      for (const [who, client] of Object.entries(everybody)) {
        const { status } = await call(client, operation);
        const wanted = statusesFor(operation, who);
        const isRight = wanted === 'admitted' ? ![401, 403, 404].includes(status) : wanted.includes(status);
        expect(isRight, `${operation.id} by ${who}: ${status}`).toBe(true);
      }
    }
    for (const client of Object.values(everybody)) {
      expect((await client.post('/webhooks/twilio/fallback', {})).status).toBeGreaterThanOrEqual(400);
      expect((await client.post('/api/account/logout', {})).status).toBe(204);
    }
  });

  test('every operation of the OpenAPI document is in the table and is tried, and nothing else', async () => {
    const { paths } = (await service.outsider().get('/api/openapi.json')).body;
    const ids = Object.values(paths as Record<string, Record<string, { operationId: string }>>).flatMap(
      (methods) => Object.values(methods).map((operation) => operation.operationId),
    );
    const isOfTwilio = (id: string) => access[id]!.scope === 'webhook';
    expect(operations.map(({ id }) => id).sort()).toEqual(ids.sort());
    expect(
      Object.keys(access)
        .filter((id) => !isOfTwilio(id))
        .sort(),
    ).toEqual(ids);
  });
});
