import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AccessTable, anyone, holders, staff } from '#server/platform/auth/access.ts';
import { createScopes, requireScopes } from '#server/platform/auth/scopes.ts';
import { createHttp } from '#server/platform/http.ts';
import { start, type TestService } from '../../harness.ts';

let service: TestService;
beforeAll(async () => {
  service = await start();
});
afterAll(() => service.end());

/** Starts an app with one route in the public scope, for a table. */
async function startWith(table: AccessTable, operationId: string): Promise<unknown> {
  const app = await createHttp({ logLevel: 'silent' });
  requireScopes(app, table);
  const guard = createScopes(service.ctx, { table, links: [] });
  await app.register(async (scope) => {
    guard('public', scope);
    const schema = { operationId, response: { 204: Type.Null() } };
    scope.get('/api/once', { schema }, async (_, reply) => reply.code(204).send(null));
  });
  return app.ready();
}

test('a route of a feature that no scope guards keeps the service from starting', async () => {
  const app = await createHttp({ logLevel: 'silent' });
  requireScopes(app, {});
  app.get('/api/left-open', { schema: { response: { 204: Type.Null() } } }, async (_, reply) =>
    reply.code(204).send(null),
  );
  await expect(app.ready()).rejects.toThrow('/api/left-open');
});

test('a route that the table does not name keeps the service from starting', async () => {
  await startWith({ readOnce: anyone() }, 'readOnce');
  await expect(startWith({}, 'readOnce')).rejects.toThrow('"readOnce" at /api/once has no row');
  await expect(startWith({}, 'constructor')).rejects.toThrow('has no row');
});

test('a row without a route, in another scope than its route, or with an unknown link keeps it from starting', async () => {
  const table = { readOnce: anyone(), readTwice: anyone() };
  await expect(startWith(table, 'readOnce')).rejects.toThrow('without a route: readTwice');
  await expect(startWith({ readOnce: staff('any') }, 'readOnce')).rejects.toThrow(
    'in the scope public, but its row in staff',
  );
  await expect(startWith({ ...table, follow: holders('lost') }, 'readOnce')).rejects.toThrow(
    'no feature has the link "lost"',
  );
});
