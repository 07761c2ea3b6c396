import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Locale, localeCodes } from '#server/common/locales.ts';

/** Imports `<folder>/<locale>/<name>.ts` of all languages. `Module`: the type of the English file. */
export async function inEveryLanguage<Module>(
  folder: string,
  name: string,
): Promise<Readonly<Record<Locale, Module>>> {
  const load = async (locale: Locale) => {
    const file = pathToFileURL(join(folder, locale, `${name}.ts`));
    return [locale, (await import(file.href)) as Module] as const;
  };
  const modules = await Promise.all(localeCodes.map(load));
  return Object.fromEntries(modules) as Record<Locale, Module>;
}
