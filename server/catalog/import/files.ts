import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CatalogUnreadable } from './refusal.ts';

/** Paths of a catalogue's files. */
export interface CatalogFiles {
  vendors: string;
  categories: string;
  products: string;
  /** Null: the catalogue has no agents. */
  agents: string | null;
  /** Null: the catalogue names attributes in one language only. */
  words: string | null;
}

/** Finds a catalogue's files. Throws CatalogUnreadable if one is missing. */
export function filesOf(directory: string): CatalogFiles {
  const optional = (name: string) => {
    const path = join(directory, name);
    return existsSync(path) ? path : null;
  };
  const required = (...names: [string, ...string[]]) => {
    const found = names.map(optional).filter((path) => path !== null);
    const [path, second] = found;
    if (second) throw new CatalogUnreadable(`${directory} holds both ${names.join(' and ')}`);
    if (!path) throw new CatalogUnreadable(`There is no ${names.join(' or ')} in ${directory}`);
    return path;
  };
  return {
    vendors: required('vendors.csv'),
    categories: required('categories.csv'),
    products: required('products.jsonl', 'products.jsonl.gz', 'products.csv'),
    agents: optional('agents.csv'),
    words: optional('words.csv'),
  };
}
