import type { OpenAPI3 } from 'openapi-typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiTypes } from '../../scripts/api-types.ts';
import { features } from '#server/features.ts';
import { start, type TestService } from '../harness.ts';

interface Operation {
  operationId?: string;
  summary?: string;
  parameters?: { name: string; description?: string }[];
  responses: Record<string, unknown>;
}

let service: TestService;
let document: OpenAPI3 & {
  paths: Record<string, Record<string, Operation>>;
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

  test('describes every operation and parameter in words', () => {
    for (const { name, operation } of operations()) {
      expect(operation.summary?.length, name).toBeGreaterThan(5);
      for (const parameter of operation.parameters ?? []) {
        expect(parameter.description, `${name} ${parameter.name}`).toBeTruthy();
      }
      expect(JSON.stringify(operation.responses), name).not.toContain('Default Response');
    }
  });

  test('has words only for operations that exist', () => {
    const described = features.flatMap(({ docs }) => Object.keys(docs ?? {}));
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(described.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('names the ways to ask and every refusal', () => {
    const { description = '' } = document.info;
    expect(Object.keys(document.components?.securitySchemes ?? {})).toEqual(['guest', 'session']);
    expect(description).toContain(`Origin: ${service.ctx.config.publicUrl}`);
    for (const { refusals } of features) {
      for (const code of Object.keys(refusals ?? {})) expect(description).toContain(`\`${code}\``);
    }
  });

  test('has a page for people', async () => {
    const page = await service.outsider().get<string>('/api/docs/');
    expect(page.status).toBe(200);
    expect(page.body).toContain('swagger');
  });
});
