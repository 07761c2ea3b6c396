import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import generate, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { root } from './run-step.ts';

const typesFile = join(root, 'web/src/lib/api/schema.d.ts');

/** Returns the types of an OpenAPI document as TypeScript: paths, operations, and each named schema under its name. */
export async function apiTypes(document: OpenAPI3): Promise<string> {
  const nodes = await generate(document, { rootTypes: true, rootTypesNoSchemaPrefix: true, silent: true });
  return `/** Generated from tests/openapi.json by \`npm run api-types\`. */\n\n${astToString(nodes)}`;
}

if (process.argv[1] === import.meta.filename) {
  const document = JSON.parse(readFileSync(join(root, 'tests/openapi.json'), 'utf8')) as OpenAPI3;
  writeFileSync(typesFile, await apiTypes(document));
}
