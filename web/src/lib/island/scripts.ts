/** The scripts of pages with islands, by the modules in `src/` that they begin with (see `vite.config.ts`). */
export const islandScripts = {
  frame: 'lib/shell/framePage.ts',
  search: 'lib/catalog/searchScript.ts',
  category: 'lib/catalog/categoryScript.ts',
  partner: 'lib/catalog/partnerScript.ts',
  compare: 'lib/catalog/compareScript.ts',
  review: 'routes/(buyer)/solution/review/script.ts',
  product: 'routes/(public)/p/[id]/[[slug]]/script.ts',
} as const;

export type IslandScript = keyof typeof islandScripts;

/** Returns where a build puts a script. Its name has the build's version, because the server is built before it. */
export const builtPath = (script: IslandScript, version: string): string =>
  `_app/immutable/pages/${script}.${version}.js`;
