import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forgetOld } from '#server/platform/housekeeping.ts';
import { createHttp } from '#server/platform/http.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { start, type TestService } from '../../harness.ts';

let service: TestService;
beforeAll(async () => {
  service = await start();
});
afterAll(() => service.end());

describe('the HTTP service', () => {
  test('the service reports that it is alive and ready', async () => {
    expect((await service.outsider().get('/livez')).status).toBe(200);
    expect((await service.outsider().get('/readyz')).status).toBe(200);
  });

  test('an unknown path answers in the problem+json shape', async () => {
    const answer = await service.outsider().get('/api/nothing');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status: 404, code: 'not_found', title: expect.any(String) });
  });

  test('a malformed path or id answers 404 and is not echoed', async () => {
    const ids = ['%ff', '%00', 'x'.repeat(300), 'x'.repeat(3_000)];
    const paths = ['products', 'vendors', 'requests', 'solutions', 'follow', 'enquiry-links'];
    for (const id of ids) {
      for (const path of paths) {
        const answer = await service.outsider().get(`/api/${path}/${id}`);
        expect([path, id.slice(0, 5), answer.status]).toEqual([path, id.slice(0, 5), 404]);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
        expect(JSON.stringify(answer.body)).not.toContain(id);
      }
    }
  });

  test('JSON that is nested too deeply is refused', async () => {
    const body = `{"name":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
    const answer = await fetch(`${service.url}/api/solutions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: service.config.publicUrl },
      body,
    });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'invalid_input', errors: [{ code: 'format' }] });
  });

  test('a daily job deletes expired counters', async () => {
    const { db, sql, clock } = service.ctx;
    const long = new Date(clock.now().getTime() - 3 * 86_400_000);
    await countOrRefuse(db, 'old', { max: 9, windowSeconds: 60 }, long);
    await countOrRefuse(db, 'new', { max: 9, windowSeconds: 60 }, clock.now());
    await service.ctx.jobs.enqueue(db, forgetOld, [{}]);
    await service.drain();
    const left = await sql`select key from limit_counters where key in ('old', 'new')`;
    expect(left.map((row) => row.key as string)).toEqual(['new']);
  });

  test('responses forbid caching and MIME sniffing', async () => {
    const { headers } = await service.outsider().get('/api/categories');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('an unknown field is refused with its path', async () => {
    const { body } = await service.visitor().post('/api/call-backs', {
      ...{ offerId: '1', kind: 'sales', phone: '+420601123456', wantedAt: '2026-05-06T12:00:00Z' },
      ...{ mood: 'good', 'a/b': 1 },
    });
    expect(body).toMatchObject({ code: 'invalid_input', status: 422 });
    const message = 'is not a field of this';
    expect(body.errors).toEqual([
      { path: 'mood', code: 'not_allowed', message },
      { path: 'a/b', code: 'not_allowed', message },
    ]);
    const options = { 'a/b~c': 7 };
    const nested = await service
      .visitor()
      .post('/api/solutions/current/lines', { productId: '1', quantity: 1, options });
    expect(nested.body.errors).toEqual([
      { path: 'options.a/b~c', code: 'wrong_type', message: expect.any(String) },
    ]);
    const buyer = service.visitor();
    await buyer.post('/api/solutions', {});
    const long = await buyer.put('/api/calls/x/sharing', { ['x'.repeat(5_000)]: true });
    expect(long.body.errors).toEqual([
      { path: 'shared', code: 'required', message: expect.any(String) },
      { path: 'x'.repeat(200), code: 'not_allowed', message },
    ]);
  });

  test('an unknown field in a list is refused with its index', async () => {
    const app = await createHttp({ logLevel: 'silent' });
    const strict = { additionalProperties: false };
    const row = Type.Object({ code: Type.String() }, strict);
    const body = Type.Object({ rows: Type.Array(row) }, strict);
    app.post('/rows', { schema: { body } }, () => ({}));
    const answer = await app.inject({
      method: 'POST',
      url: '/rows',
      payload: { rows: [{ code: 'a' }, { code: 'b', colour: 1 }, {}], extra: 1 },
    });
    const { errors } = answer.json<{ errors: { path: string; code: string }[] }>();
    expect(errors.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'extra not_allowed',
      'rows.1.colour not_allowed',
      'rows.2.code required',
    ]);
    await app.close();
  });

  test('a field of a wrong type is refused with its name, and only well-formed JSON is accepted', async () => {
    const visitor = service.visitor();
    const answer = await visitor.post('/api/solutions/current/lines', { productId: '1', quantity: 'three' });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ path: 'quantity', code: 'wrong_type' })]);
    const broken = await fetch(`${service.url}/api/solutions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: service.config.publicUrl },
      body: '{"name":',
    });
    expect(broken.status).toBe(422);
    expect(await broken.json()).toMatchObject({ code: 'invalid_input' });
    // The types that a form of another site can send without a preflight.
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const form = await fetch(`${service.url}/api/solutions`, {
        method: 'POST',
        headers: { 'content-type': type, origin: service.config.publicUrl },
        body: '{"name":"x"}',
      });
      expect([type, form.status]).toEqual([type, 415]);
    }
  });

  test.each([
    ['no origin at all', {}],
    ['another site', { origin: 'https://evil.example' }],
    ['an origin that only looks like ours', { origin: 'http://quoteline.test.evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    [
      'a cross-site fetch with our origin',
      { origin: 'http://quoteline.test', 'sec-fetch-site': 'cross-site' },
    ],
    ['a sibling host', { 'sec-fetch-site': 'same-site' }],
    ['a forged internal header', { 'x-quoteline-internal': 'guess' }],
  ] as [string, Record<string, string>][])('a change from %s is refused', async (_case, headers) => {
    const answer = await service.outsider().post('/api/solutions', {}, headers);
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('foreign_origin');
  });

  test('an IP address past the limit of reads is refused with Retry-After', async () => {
    const hasty = await start({ env: { LIMIT_READS_PER_MINUTE: '20' } });
    try {
      const answers = await Promise.all(
        Array.from({ length: 45 }, () => hasty.outsider().get('/api/categories')),
      );
      const refused = answers.filter((answer) => answer.status === 429);
      expect(refused.length).toBeGreaterThan(0);
      expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused[0]?.body.code).toBe('too_many');
    } finally {
      await hasty.end();
    }
  });
});
