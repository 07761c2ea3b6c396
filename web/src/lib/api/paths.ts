import type { Client } from './client.ts';
import type { CategoryTree } from '#server/catalog/schema.ts';
import type { operations, paths } from './schema.d.ts';

type ListCategories = Omit<operations['listCategories'], 'responses'> & {
  responses: { 200: { content: { 'application/json': CategoryTree } } };
};

/** The document's paths. It can't describe a category, which holds categories in turn, further than as an object. */
export type ApiPaths = Omit<paths, '/api/categories'> & { '/api/categories': { get: ListCategories } };

export type Api = Client<ApiPaths>;
