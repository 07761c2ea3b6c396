import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, start, type TestService } from '../harness.ts';
import { createWorld, type World } from '../world.ts';
import { addPerson, loggedIn } from '../server/buyers/people.ts';
import { sendUsual, tokenFor } from '../server/requests/people.ts';

/** Counts the statements of pages with everything on them, which needs no clock and so has no noise. */
let service: TestService;
let world: World;
let buyer: Client;
beforeAll(async () => {
  service = await start({ pages: true });
  world = await createWorld(service.ctx.db);
  buyer = service.visitor();
});
afterAll(() => service.end());

/** What only accounts have. */
const accountPages = [
  '/account',
  '/account/requests',
  '/account/solutions',
  '/account/wishes',
  '/account/calls',
  '/account/credits',
  '/account/complaints',
  '/account/company',
  '/account/notices',
  '/account/settings',
];

test.each(['a guest', 'a buyer who is logged in'])(
  'no page takes more than eight statements for %s',
  async (who) => {
    const visitor = who === 'a guest' ? service.visitor() : await loggedIn(service, await addPerson(service));
    const request = await sendUsual(visitor, world);
    await service.drain();
    await visitor.post('/api/solutions/current/lines', { productId: world.products.sensor, quantity: 4 });
    const follow = tokenFor(service, 'jana@morava.example', 'f');
    const answer = tokenFor(service, world.mail.sever, 'e');
    const pages = [
      '/',
      '/search?q=sensor',
      '/search?q=zzzz',
      '/c/automation',
      `/p/${world.products.sensor}`,
      `/compare?product=${world.products.sensor}&product=${world.products.motor}`,
      '/partners',
      '/solution',
      '/solution/paste',
      '/solution/review',
      ...(who === 'a guest' ? ['/requests'] : accountPages),
      `/requests/${request.id}`,
      `/f/${follow}`,
      `/e/${answer}`,
    ];
    const counts: Record<string, number> = {};
    for (const path of pages) {
      let status = 0;
      counts[path] = await service.countStatements(async () => {
        status = (await visitor.get(path)).status;
      });
      expect([200, 308], path).toContain(status);
    }
    const tooMany = Object.entries(counts).filter(([, count]) => count > 8);
    expect(tooMany).toEqual([]);
  },
);

test('pages of the demo are absent from production', async () => {
  const pages = [
    '/dev',
    '/dev/mail',
    '/dev/phones',
    '/dev/phones/events',
    '/dev/payments',
    '/dev/payments/cs_1',
  ];
  for (const path of [...pages, '/dev/phones.json', '/dev/payments.json', '/_sim', '/_sim/ledger']) {
    expect((await buyer.get(path)).status, path).toBe(404);
  }
  expect((await buyer.post('/dev/phones/+381110002042/open')).status).toBe(404);
});

test('the read limit counts pages, but not their own calls of the service or their files', async () => {
  const hasty = await start({ pages: true, env: { LIMIT_READS_PER_MINUTE: '25' } });
  try {
    const answers = [];
    for (let visit = 0; visit < 60; visit++) answers.push((await hasty.outsider().get('/partners')).status);
    expect(answers.slice(0, 25)).toEqual(Array(25).fill(200));
    expect(answers).toContain(429);
    expect((await hasty.outsider().get('/_app/nothing.js')).status).toBe(404);
  } finally {
    await hasty.end();
  }
});
