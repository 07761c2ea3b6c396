import type { OpenAPI3 } from 'openapi-typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiTypes } from '../../scripts/api-types.ts';
import { start, type TestService } from '../harness.ts';

let service: TestService;
let document: OpenAPI3 & {
  paths: Record<string, Record<string, { operationId?: string; responses: Record<string, unknown> }>>;
};

beforeAll(async () => {
  service = await start();
  document = (await service.outsider().get('/api/openapi.json')).body;
});
afterAll(() => service.end());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );

describe('the OpenAPI document', () => {
  test('is the approved one: a wanted change is approved by running this test with -u', async () => {
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot('../openapi.json');
  });

  test('is what the types of the web client are generated from: -u renews them too', async () => {
    await expect(await apiTypes(document)).toMatchFileSnapshot('../../web/src/lib/api/schema.d.ts');
  });

  test('names every operation once', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('says what each operation answers, refusals included', () => {
    for (const { name, operation } of operations()) {
      expect(Object.keys(operation.responses).length, name).toBeGreaterThan(1);
      expect(operation.responses, name).toHaveProperty('default');
    }
  });

  test('has a page for people', async () => {
    const page = await service.outsider().get<string>('/api/docs/');
    expect(page.status).toBe(200);
    expect(page.body).toContain('swagger');
  });
});
