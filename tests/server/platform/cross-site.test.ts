import { describe, expect, test } from 'vitest';
import { access } from '#server/access.ts';
import { startWithWorld } from '../../world.ts';
import { login, verified } from '../accounts/registrants.ts';

/** What pages of other sites can send with a browser's cookies, tried on every operation that takes them. */
const { service } = await startWithWorld();
const buyer = await verified(service, 'victim@cross.example');

interface Change {
  id: string;
  method: string;
  path: string;
}

async function changesByCookie(): Promise<Change[]> {
  const { paths } = (await service.outsider().get('/api/openapi.json')).body as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .map(([method, { operationId: id }]) => ({ id, method: method.toUpperCase(), path }))
      .filter(({ id, method }) => method !== 'GET' && access[id]?.scope !== 'link')
      .map((change) => ({ ...change, path: path.replaceAll(/\{\w+\}/g, '1') })),
  );
}

const form = { 'content-type': 'text/plain' };
const foreign: Record<string, Record<string, string>> = {
  'no origin': {},
  'an opaque origin': { origin: 'null' },
  'another site': { origin: 'https://evil.example' },
  'a host below ours': { origin: 'http://evil.quoteline.test' },
  'a host that begins like ours': { origin: 'http://quoteline.test.evil.example' },
  'a host that ends like ours': { origin: 'http://evilquoteline.test' },
  'our host on another scheme': { origin: 'https://quoteline.test' },
  'a sibling host’s fetch': { origin: 'http://quoteline.test', 'sec-fetch-site': 'same-site' },
  'a form of another site': { origin: 'https://evil.example', ...form },
  'a form without an origin': form,
};

describe('a change by cookie', () => {
  test.each(Object.entries(foreign))('from %s is refused by every operation', async (_, headers) => {
    const changes = await changesByCookie();
    expect(changes.length).toBeGreaterThan(90);
    const cookie = [...buyer.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const wrong: string[] = [];
    for (const { id, method, path } of changes) {
      const { status, body } = await service
        .outsider()
        .request<{ code: string }>(method, path, {}, { cookie, ...headers });
      if (status !== 403 || body.code !== 'foreign_origin') wrong.push(`${id}: ${status} ${body.code}`);
    }
    expect(wrong).toEqual([]);
  });

  test('is never made by reading, whatever the method claims to be', async () => {
    for (const header of ['x-http-method-override', 'x-method-override', 'x-http-method'])
      expect(
        (await buyer.request('GET', '/api/account/me', undefined, { [header]: 'DELETE' })).body.email,
      ).toBe('victim@cross.example');
    expect((await buyer.get('/api/account/logout')).status).toBe(404);
    expect((await login(service.visitor(), 'victim@cross.example')).status).toBe(200);
  });
});
