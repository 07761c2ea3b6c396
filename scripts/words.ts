import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isLocale } from '#server/common/locales.ts';
import { failWith, PlainError } from './plain-error.ts';
import { root } from './run-step.ts';
import { checkWords } from './words/check.ts';
import { exportWords, importWords } from './words/exchange.ts';
import { original } from './words/files.ts';
import { generatedLists } from './words/lists.ts';

const usage = `Usage: npm run words [-- <what>]
  (nothing)                         renews the lists of words that each page loads
  check                             what is wrong with the words, and which translations are long
  export <language> [--out <file>]  all words as a table (XLIFF 1.2) for a translator's program
  import <language> <file>          takes over a table's translations, all or none

A language is its code, such as sr or de.`;

async function writeLists(): Promise<void> {
  for (const [file, text] of Object.entries(await generatedLists(root))) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

async function printCheck(): Promise<void> {
  const { faults, notes } = await checkWords(root);
  if (notes.length > 0) console.log(`${notes.join('\n')}\n`);
  if (faults.length > 0) throw new PlainError(faults.join('\n'));
  console.log(`The words are complete; ${notes.length} long ones.`);
}

async function takeOver(locale: string, file: string): Promise<void> {
  if (!existsSync(file)) throw new PlainError(`There is no file ${file}`);
  const { refused, skipped, written } = await importWords(root, locale, readFileSync(file, 'utf8'));
  if (skipped.length > 0) console.log(`Left as they are:\n${skipped.join('\n')}\n`);
  if (refused.length > 0) throw new PlainError(`Nothing was taken over:\n${refused.join('\n')}`);
  console.log(written.length > 0 ? `Written:\n${written.join('\n')}` : 'Nothing has changed.');
  if (!isLocale(locale)) console.log(`Name ${locale} in server/common/locales.ts, then: npm run words`);
}

/** Returns the code of a language to translate into; it may be new. */
function languageOf(given: string | undefined): string {
  const isKnown = /^[a-z]{2,3}$/.test(given ?? '') && Intl.PluralRules.supportedLocalesOf(given).length > 0;
  if (!given || !isKnown) throw new PlainError(usage);
  if (given === original) throw new PlainError(`${original} is the original: change its files`);
  return given;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
  const [what, language, file, ...more] = positionals;
  if (what === undefined) return writeLists();
  if (what === 'check' && language === undefined) return printCheck();
  if (what === 'export' && file === undefined) {
    const table = exportWords(root, languageOf(language));
    if (values.out) writeFileSync(values.out, table);
    else process.stdout.write(table);
  } else if (what === 'import' && file !== undefined && more.length === 0) {
    await takeOver(languageOf(language), file);
  } else throw new PlainError(usage);
}

await main().catch(failWith);
