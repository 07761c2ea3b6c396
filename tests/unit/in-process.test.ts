import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CallInProcess } from '#server/common/in-process.ts';
import { clientAddress, requireOwnOrigin } from '#server/platform/auth/origin.ts';
import { type App, createHttp } from '#server/platform/http.ts';
import { createCallInProcess, oncePerView } from '#server/platform/in-process.ts';

const own = { host: 'quoteline.test' };
/** An object that a feature might keep in memory, with values that JSON changes. */
const kept = { at: new Date(0), lines: [{ note: undefined, price: -0, name: 'č' }] };
const asJson = { at: '1970-01-01T00:00:00.000Z', lines: [{ price: 0, name: 'č' }] };

let app: App;
let call: CallInProcess;
let secrets: unknown[];
let reads: number;

beforeEach(async () => {
  secrets = [];
  reads = 0;
  app = await createHttp({ logLevel: 'silent', validateResponses: true });
  app.addHook('onRequest', requireOwnOrigin('http://quoteline.test'));
  const body = Type.Object({ name: Type.String({ minLength: 1 }) });
  app.get(
    '/kept',
    { schema: { response: { 200: Type.Object({ at: Type.String() }) } } },
    () => kept as never,
  );
  app.get(
    '/wrong',
    { schema: { response: { 200: Type.Object({ at: Type.Number() }) } } },
    () => kept as never,
  );
  app.get('/once', (request) => oncePerView(request, 'visitor', async () => ({ read: ++reads })));
  app.get('/nothing', (_request, reply) => reply.code(204).send());
  app.post('/name', { schema: { body } }, (request, reply) => {
    secrets.push(request.headers['x-quoteline-internal']);
    void reply.code(201).setCookie('sid', 'a b', { path: '/', httpOnly: true });
    return { name: request.body.name, address: clientAddress(request) };
  });
  call = createCallInProcess(app);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await app.close();
});

const get = (url: string) =>
  call({ method: 'GET', url, headers: own, body: undefined, address: '192.0.2.1', view: {} });
const post = (body: unknown) =>
  call({ method: 'POST', url: '/name', headers: own, body, address: '2001:db8:1:2::3', view: {} });

describe('a call in process', () => {
  test('a call in process answers what JSON would give, without JSON', async () => {
    const stringify = vi.spyOn(JSON, 'stringify');
    const plain = await createHttp({ logLevel: 'silent' });
    plain.get('/kept', { schema: { response: { 200: Type.Object({}) } } }, () => kept);
    const isSerialised = () => stringify.mock.calls.some(([value]) => value === kept);
    const answer = await createCallInProcess(plain)({
      ...{ method: 'GET', url: '/kept', headers: own, body: undefined, address: '192.0.2.1', view: {} },
    });
    expect(answer).toStrictEqual({ status: 200, body: asJson, cookies: [] });
    expect(isSerialised()).toBe(false);
    expect((await plain.inject('/kept')).json()).toStrictEqual(asJson);
    expect(isSerialised()).toBe(true);
    await plain.close();
  });

  test('a page gets a copy of the answer, which it may change', async () => {
    const { body } = (await get('/kept')) as { body: { lines: unknown[] } };
    body.lines.length = 0;
    expect((await get('/kept')).body).toStrictEqual(asJson);
    expect(kept.lines).toHaveLength(1);
  });

  test('a refusal is the object that HTTP sends', async () => {
    for (const body of [{ name: '' }, {}, { name: 1 }]) {
      const overHttp = await app.inject({
        ...{ method: 'POST', url: '/name', payload: body, headers: { 'sec-fetch-site': 'same-origin' } },
      });
      expect(overHttp.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(await post(body)).toStrictEqual({ status: 422, body: overHttp.json(), cookies: [] });
    }
    expect(await get('/absent')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  test('an answer keeps its status and cookies, and has no body where HTTP has none', async () => {
    expect(await post({ name: 'x' })).toMatchObject({
      status: 201,
      cookies: ['sid=a%20b; Path=/; HttpOnly; SameSite=Lax'],
    });
    expect(await get('/nothing')).toStrictEqual({ status: 204, body: undefined, cookies: [] });
  });

  test('what the calls of one page view share is read once, and again for another view and over HTTP', async () => {
    const view = {};
    const read = async (of: object) => {
      const given = { method: 'GET', url: '/once', headers: own, body: undefined, address: '192.0.2.1' };
      return (await call({ ...given, view: of })).body;
    };
    expect(await Promise.all([read(view), read(view)])).toEqual([{ read: 1 }, { read: 1 }]);
    expect([await read(view), await read({})]).toEqual([{ read: 1 }, { read: 2 }]);
    expect((await app.inject({ url: '/once', headers: own })).json()).toEqual({ read: 3 });
  });

  test('a call in process counts towards the limit of the visitor’s IP address', async () => {
    expect((await post({ name: 'x' })).body).toMatchObject({ address: '2001:db8:1:2' });
  });

  test('an answer that does not fit its schema fails as over HTTP', async () => {
    expect((await app.inject('/wrong')).statusCode).toBe(500);
    expect(await get('/wrong')).toMatchObject({ status: 500, body: { code: 'internal' } });
  });

  test('the body of a call in process is sanitised as over HTTP', async () => {
    expect((await post({ name: 'a\0b' })).body).toMatchObject({ name: 'ab' });
  });

  test('the secret of a call in process is invalid after the call', async () => {
    await post({ name: 'x' });
    const [secret] = secrets;
    expect(secret).toEqual(expect.any(String));
    const reused = await app.inject({
      ...{ method: 'POST', url: '/name', payload: { name: 'x' } },
      headers: { 'x-quoteline-internal': String(secret) },
    });
    expect(reused.statusCode).toBe(403);
    expect(reused.json()).toMatchObject({ code: 'foreign_origin' });
  });
});
