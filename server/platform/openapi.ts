import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { Config } from './config.ts';
import type { App } from './http.ts';
import { Problem } from './schema.ts';

/** Registers /api/openapi.json and /api/docs. Must run before routes are registered. */
export async function describeApi(app: App, config: Config): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Quoteline',
        version: '1',
        description:
          'Multi-vendor B2B marketplace with quote requests. Every refusal is application/problem+json with a stable ' +
          '`code`; 422 names the fields in `errors`. Amounts are decimal strings.',
      },
      servers: [{ url: config.publicUrl }],
    },
    // Add the problem response to every operation.
    transform: ({ schema, url }) => {
      const answers = (schema as { response?: Record<string, unknown> }).response;
      if (!answers) return { schema, url };
      const refusal = {
        description: 'A refusal',
        content: { 'application/problem+json': { schema: Problem } },
      };
      return { schema: { ...schema, response: { ...answers, default: refusal } }, url };
    },
    transformObject: (document) => {
      if (!('openapiObject' in document)) return document.swaggerObject;
      return withReferences(inFixedOrder(document.openapiObject));
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: {
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:'],
      'font-src': ["'self'", 'data:'],
      'connect-src': "'self'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    },
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
}

/** Sorts paths and methods, so that the document doesn't depend on the order of registration. */
function inFixedOrder<T extends { paths?: object }>(document: T): T {
  return { ...document, paths: byName(document.paths ?? {}, (methods) => byName(methods as object)) };
}

function byName(record: object, of: (value: unknown) => unknown = (value) => value): Record<string, unknown> {
  const entries = Object.entries(record).map(([name, value]) => [name, of(value)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Moves schemas with a title to `components` and references them. */
function withReferences<T extends object>(document: T): T {
  const schemas: Record<string, unknown> = {};
  const refer = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(refer);
    if (node === null || typeof node !== 'object') return node;
    const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, refer(value)]));
    // Query parameters with a default are optional.
    if (copy['in'] === 'query' && hasDefault(copy['schema'])) copy['required'] = false;
    const { title, type } = copy;
    if (typeof title !== 'string' || type !== 'object') return copy;
    schemas[title] = copy;
    return { $ref: `#/components/schemas/${title}` };
  };
  return { ...(refer(document) as T), components: { schemas } };
}

const hasDefault = (schema: unknown): boolean =>
  typeof schema === 'object' && schema !== null && 'default' in schema;
