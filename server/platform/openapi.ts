import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { Config } from './config.ts';
import { introduction, type OperationDocs, securitySchemes, sharedParameters } from './docs.ts';
import { platformRefusals, type RefusalTable } from './errors.ts';
import type { App } from './http.ts';
import { Problem } from './schema.ts';

interface Described {
  docs: OperationDocs;
  /** The refusals of each feature, by its name. */
  refusals: readonly (readonly [feature: string, RefusalTable])[];
}

/** Registers /api/openapi.json and /api/docs. Must run before routes are registered. */
export async function describeApi(app: App, config: Config, { docs, refusals }: Described): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Quoteline',
        version: '1',
        description: introduction(config.publicUrl) + refusalTables(refusals),
      },
      servers: [{ url: config.publicUrl }],
      components: { securitySchemes },
    },
    // Add the problem response to every operation.
    transform: ({ schema, url }) => {
      const answers = (schema as { response?: Record<string, unknown> }).response;
      if (!answers) return { schema, url };
      const refusal = {
        description: 'A refusal, named by its `code`',
        content: { 'application/problem+json': { schema: Problem } },
      };
      const { operationId = '' } = schema as { operationId?: string };
      const { summary, description } = docs[operationId] ?? {};
      const words = { ...(summary && { summary }), ...(description && { description }) };
      return { schema: { ...schema, ...words, response: { ...answers, default: refusal } }, url };
    },
    transformObject: (document) => {
      if (!('openapiObject' in document)) return document.swaggerObject;
      return withReferences(inFixedOrder(withWords(document.openapiObject, docs)));
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

interface Operation {
  operationId?: string;
  parameters?: { name: string; description?: string }[];
  responses?: Record<string, { description?: string }>;
}

const meanings: Readonly<Record<string, string>> = {
  200: 'Done',
  201: 'Created',
  202: 'Accepted',
  204: 'Done; no content',
};

/** Describes parameters and answers. */
function withWords<T extends { paths?: object }>(document: T, docs: OperationDocs): T {
  for (const methods of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(methods as Record<string, Operation>)) {
      const own = docs[operation.operationId ?? '']?.parameters ?? {};
      for (const parameter of operation.parameters ?? []) {
        const words = own[parameter.name] ?? sharedParameters[parameter.name];
        if (words) parameter.description ??= words;
      }
      for (const [status, answer] of Object.entries(operation.responses ?? {})) {
        if (status !== 'default') answer.description = meanings[status] ?? 'Done';
      }
    }
  }
  return document;
}

/** Returns the codes of refusals as tables, those of the platform first. */
function refusalTables(refusals: Described['refusals']): string {
  const rows = (table: RefusalTable) =>
    Object.entries(table).map(([code, [status, title]]) => `| \`${code}\` | ${status} | ${title} |`);
  const head = ['| code | status | meaning |', '| --- | --- | --- |'];
  const tables = [['any operation', platformRefusals] as const, ...refusals].map(([name, table]) =>
    [`**Refusals: ${name}**`, '', ...head, ...rows(table)].join('\n'),
  );
  return `\n${tables.join('\n\n')}\n`;
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
  const { components } = document as { components?: object };
  return { ...(refer(document) as T), components: { ...components, schemas } };
}

const hasDefault = (schema: unknown): boolean =>
  typeof schema === 'object' && schema !== null && 'default' in schema;
