import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Words } from '#server/common/words.ts';
import { type Area, original, pathOf, wordNodes } from './files.ts';

/** Writes the file of an area in a language; it may be new. */
export async function writeArea(root: string, area: Area, locale: string, words: Words): Promise<void> {
  const file = join(root, pathOf(area, locale));
  const source = readFileSync(join(root, pathOf(area, original)), 'utf8');
  const options = await resolveConfig(file);
  const text = translationOf(area, source, words);
  mkdirSync(dirname(file), { recursive: true });
  const formatted = await format(text, { ...options, parser: 'typescript' });
  if (!existsSync(file) || readFileSync(file, 'utf8') !== formatted) writeFileSync(file, formatted);
}

/** Returns a translation laid out as its original, with the same order, groups and comments. */
function translationOf(area: Area, source: string, words: Words): string {
  const entries = wordNodes(pathOf(area, original), source) ?? [];
  let end = source.indexOf('{', source.indexOf('export const words')) + 1;
  let body = '';
  for (const { key, start, value } of entries) {
    const between = source.slice(end, start).replace(/^\s*,/, '');
    end = value.end;
    if (words[key] !== undefined) body += `${between}${JSON.stringify(key)}: ${JSON.stringify(words[key])},`;
  }
  return `import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../${original}/${area.name}.ts';

export const words: Translation<typeof english> = {${body}
};`;
}
