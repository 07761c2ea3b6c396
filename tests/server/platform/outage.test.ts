import { randomUUID } from 'node:crypto';
import { type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildApp, type Service } from '#server/app.ts';
import { type Answer, type Client, createClient, start, type TestService } from '../../harness.ts';
import { proxyTo, type TcpProxy } from '../../tcp-proxy.ts';
import { createWorld, type World } from '../../world.ts';
import { addPerson, logIn } from '../buyers/people.ts';
import { noCompany } from '../companies/operations.ts';
import { callsOn } from '../operations.ts';

let service: TestService;
let world: World;
/** Another process, whose way to the database is broken. */
let cut: Service;
let url: string;
let way: TcpProxy;
let buyer: Client;

beforeAll(async () => {
  service = await start({ leaveJobs: true });
  world = await createWorld(service.ctx.db);
  way = await proxyTo(service.config.databaseUrl);
  cut = await buildApp({ ...service.config, databaseUrl: way.url }, { clock: service.clock });
  await cut.app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(cut.app.server.address() as AddressInfo).port}`;
  buyer = createClient(url, service.config.publicUrl);
  // Without a session, most operations are refused before the database is asked.
  await logIn(buyer, await addPerson(service));
  await buyer.post('/api/solutions/current/lines', { productId: world.products.sensor, quantity: 4 });
});
afterEach(async () => {
  await way.open();
  await expect.poll(async () => (await buyer.get('/readyz')).status).toBe(200);
});
afterAll(async () => {
  await cut.close();
  await way.close();
  await service.end();
});

const unavailable = ({ status, headers, body }: Answer<{ code?: string }>) =>
  status === 503 && body.code === 'unavailable' && Number(headers.get('retry-after')) > 0;

test('every operation answers 503 with Retry-After while the database refuses connections', async () => {
  await way.close();
  const calls = callsOn({
    world,
    tokens: {
      sever: 's'.repeat(54),
      follow: 'f'.repeat(54),
      complaint: 'c'.repeat(54),
      shared: 's'.repeat(43),
    },
    ...{ sharedSolution: randomUUID(), accountSolution: randomUUID(), company: noCompany() },
    ...{
      solution: randomUUID(),
      line: { productId: world.products.sensor, quantity: 1 },
      lineId: randomUUID(),
    },
    ...{
      list: randomUUID(),
      request: randomUUID(),
      enquiryId: '1',
      deliveryId: '1',
      otherRequest: randomUUID(),
      address: randomUUID(),
    },
    ...{ requestLine: '1', quote: '1', contact: { name: 'Ana', email: 'ana@buyer.example' }, answer: {} },
    ...{ call: randomUUID(), callBack: randomUUID(), topUp: randomUUID(), invoice: randomUUID() },
    ...{ upload: randomUUID(), payersEnquiry: randomUUID(), complaint: randomUUID() },
    ...{ person: randomUUID(), vendorsUpload: randomUUID() },
  });
  const wrong: string[] = [];
  let away = 0;
  for (const [id, { method, path, body }] of Object.entries(calls)) {
    const answer = await buyer.request(method, path, body, { 'idempotency-key': randomUUID() });
    if (unavailable(answer)) away += 1;
    // Some are refused before the database is asked.
    else if (answer.status >= 500) wrong.push(`${id}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  expect(wrong).toEqual([]);
  expect(away).toBeGreaterThan(Object.keys(calls).length * 0.9);
  expect(unavailable(await buyer.get('/readyz'))).toBe(true);
  expect((await buyer.get('/livez')).status).toBe(200);
});

test('operations answer 503 rather than hang while the database is silent', async () => {
  way.silence();
  const answers = await Promise.all([
    buyer.get('/api/categories'),
    buyer.get('/api/solutions/current'),
    buyer.post('/api/solutions/current/lines', { productId: world.products.motor, quantity: 1 }),
    buyer.get('/readyz'),
  ]);
  expect(answers.map(unavailable)).toEqual(answers.map(() => true));
});

test('a request refused by an outage is sent once when it is repeated with its key', async () => {
  const { id: solutionId } = (await buyer.get('/api/solutions/current')).body;
  const contact = { name: 'Jana Horáková', email: 'jana@morava.example' };
  const send = () =>
    buyer.post('/api/requests', { solutionId, kind: 'quote', contact }, { 'idempotency-key': 'outage' });
  await way.close();
  expect(unavailable(await send())).toBe(true);
  await way.open();
  await expect.poll(async () => (await buyer.get('/readyz')).status).toBe(200);
  const sent = await send();
  expect(sent.status).toBe(201);
  expect((await send()).body).toEqual(sent.body);
});
