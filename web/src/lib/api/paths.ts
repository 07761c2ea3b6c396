import type { Client } from './client.ts';
import type { CategoryTree } from '#server/catalog/schema.ts';
import type { operations, paths } from './schema.d.ts';

type ListCategories = Omit<operations['listCategories'], 'responses'> & {
  responses: { 200: { content: { 'application/json': CategoryTree } } };
};

/** The document's paths. It describes a category only as an object, because categories are recursive. */
export type ApiPaths = Omit<paths, '/api/categories'> & { '/api/categories': { get: ListCategories } };

export type Api = Client<ApiPaths>;
