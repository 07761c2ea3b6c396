import { dev, version } from '$app/env';
import { builtPath, type IslandScript, islandScripts } from './scripts.ts';

/** Returns the address of a page's script. */
export const addressOf = (script: IslandScript): string =>
  dev ? `/src/${islandScripts[script]}` : `/${builtPath(script, version)}`;
