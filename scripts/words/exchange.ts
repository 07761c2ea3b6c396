import { isLocale, locales } from '#server/common/locales.ts';
import type { Word, Words } from '#server/common/words.ts';
import { type Area, findAreas, original, pathOf, readArea } from './files.ts';
import { countsOf, faultsOf, type Form, formsOf, longestOf } from './rules.ts';
import { type Row, type Table, toXliff, fromXliff } from './table.ts';
import { writeArea } from './write.ts';

const tagOf = (locale: string): string => (isLocale(locale) ? locales[locale].tag : locale);

/** Returns all words as a table from English into a language, which may be new: its targets are empty then. */
export function exportWords(root: string, locale: string): string {
  const files: Table['files'] = {};
  for (const area of findAreas(root)) {
    const words = readArea(root, area, locale) ?? {};
    const english = Object.entries(readArea(root, area, original) ?? {});
    files[pathOf(area, original)] = english.flatMap(([key, word]) => rowsOf(key, word, words[key], locale));
  }
  return toXliff({ sourceLanguage: tagOf(original), targetLanguage: tagOf(locale), files });
}

function rowsOf(key: string, english: Word, word: Word | undefined, locale: string): Row[] {
  const length = `At most ${longestOf(english)} characters without the parameters.`;
  if (typeof english === 'string') {
    return [{ id: key, source: english, target: typeof word === 'string' ? word : '', notes: [length] }];
  }
  return formsOf(locale).map((form) => ({
    id: `${key}[${form}]`,
    source: sourceOf(english, form),
    target: typeof word === 'object' ? (word[form] ?? '') : '',
    notes: [`For a count such as ${countsOf(locale, form).join(', ')}.`, length],
  }));
}

/** A form that English has not is translated from its "other". */
const sourceOf = (english: Word, form: Form): string =>
  typeof english === 'string' ? english : (english[form] ?? english.other);

export interface Imported {
  /** What is wrong with the table; nothing is written then. */
  refused: string[];
  /** Words that were left as they are, and why. */
  skipped: string[];
  written: string[];
}

/** Takes over the translations of a table; words that it doesn't translate stay as they are. */
export async function importWords(root: string, locale: string, xml: string): Promise<Imported> {
  const table = fromXliff(xml);
  const result: Imported = { refused: [], skipped: [], written: [] };
  if (table.targetLanguage !== tagOf(locale)) {
    return { ...result, refused: [`The table is in ${table.targetLanguage}, not ${tagOf(locale)}`] };
  }
  const areas = new Map(findAreas(root).map((area) => [pathOf(area, original), area]));
  const changed: { area: Area; words: Words }[] = [];
  for (const [file, rows] of Object.entries(table.files)) {
    const area = areas.get(file);
    if (!area) {
      result.refused.push(`${file} holds no words`);
      continue;
    }
    const before = readArea(root, area, locale) ?? {};
    const words = { ...before, ...translated(root, area, rows, locale, result) };
    if (JSON.stringify(sorted(words)) !== JSON.stringify(sorted(before))) changed.push({ area, words });
  }
  if (result.refused.length > 0) return result;
  for (const { area, words } of changed) {
    await writeArea(root, area, locale, words);
    result.written.push(pathOf(area, locale));
  }
  return result;
}

/** Returns the words that these rows translate; says in `result` which are refused or skipped. */
function translated(root: string, area: Area, rows: Row[], locale: string, result: Imported): Words {
  const english = readArea(root, area, original) ?? {};
  const before = readArea(root, area, locale) ?? {};
  const file = pathOf(area, locale);
  const words = new Map<string, Word>();
  for (const { id, source, target } of rows.filter((row) => row.target.trim() !== '')) {
    const [key = '', ending] = id.split('[');
    const form = ending?.slice(0, -1) as Form | undefined;
    const word = english[key];
    if (word === undefined) result.refused.push(`${file}: ${id} is no word of the original`);
    else if (sourceOf(word, form ?? 'other') !== source) {
      result.skipped.push(`${file}: ${id}, since the original has changed`);
    } else words.set(key, form ? withForm(words.get(key) ?? before[key], form, target) : target);
  }
  for (const [key, word] of words) {
    const faults = faultsOf(english[key]!, word, locale);
    result.refused.push(...faults.map((fault) => `${file}: ${key} ${fault}`));
  }
  return Object.fromEntries(words);
}

const withForm = (word: Word | undefined, form: Form, text: string): Word =>
  ({ ...(typeof word === 'object' ? word : {}), [form]: text }) as Word;

const sorted = (words: Words) =>
  Object.entries(words)
    .map(([key, word]) => [key, typeof word === 'string' ? word : Object.entries(word).sort()] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
