import type { Plural, Word } from '#server/common/words.ts';

/** The order in which plural forms are written. */
const allForms = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;
export type Form = (typeof allForms)[number];

/** Returns the plural forms that a language has. */
export function formsOf(locale: string): Form[] {
  const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
  return allForms.filter((form) => pluralCategories.includes(form));
}

/** Returns a few counts that take a plural form, such as 2, 3, 4 for "few"; fractions where no whole number does. */
export function countsOf(locale: string, form: Form): number[] {
  const rules = new Intl.PluralRules(locale);
  const numbers = [...Array.from({ length: 201 }, (_, count) => count), 1_000_000, 0.5, 1.5];
  return numbers.filter((count) => rules.select(count) === form).slice(0, 4);
}

const isPlural = (word: Word): word is Plural => typeof word !== 'string';

const textsOf = (word: Word): string[] => (isPlural(word) ? Object.values(word) : [word]);

const namesIn = (texts: string[]): string[] => [
  ...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))),
];

/** Returns what is wrong with a word in a language, as the end of a sentence that begins with its key. */
export function faultsOf(english: Word, word: Word, locale: string): string[] {
  if (isPlural(english) !== isPlural(word)) {
    return [isPlural(english) ? 'needs plural forms' : 'has plural forms, the original has none'];
  }
  const faults: string[] = [];
  if (isPlural(word)) {
    const needed = formsOf(locale);
    const given = Object.keys(word) as Form[];
    faults.push(...needed.filter((form) => !given.includes(form)).map((form) => `lacks the form "${form}"`));
    const others = given.filter((form) => !needed.includes(form));
    faults.push(...others.map((form) => `has the form "${form}", which the language has not`));
  }
  if (textsOf(word).some((text) => text.trim() === '')) faults.push('is empty');
  return [...faults, ...placeholderFaults(english, word)];
}

/** `count` chooses the form, so a form such as "one answer" need not print it; every other parameter is in each. */
function placeholderFaults(english: Word, word: Word): string[] {
  const known = namesIn(textsOf(english));
  const needed = known.filter((name) => name !== 'count' || !isPlural(english));
  const given = namesIn(textsOf(word));
  const lacking = needed.filter((name) => textsOf(word).some((text) => !text.includes(`{${name}}`)));
  const allowed = isPlural(english) ? ['count', ...known] : known;
  return [
    ...lacking.map((name) => `lacks {${name}}`),
    ...given.filter((name) => !allowed.includes(name)).map((name) => `has {${name}}, the original has not`),
    ...(textsOf(word).some(hasLooseBrace) ? ['has a brace without its other one'] : []),
  ];
}

const hasLooseBrace = (text: string): boolean => /[{}]/.test(text.replace(/\{\w+\}/g, ''));

/** Languages differ more in short words than in sentences: these many characters more are always fine. */
const alwaysMore = 10;

/** Returns how long a translation may be, without its parameters, until layouts suffer: 35 % more than the original. */
export const longestOf = (english: Word): number =>
  Math.max(Math.floor(lengthOf(english) * 1.35), lengthOf(english) + alwaysMore);

/** Returns the length of a word's longest text in characters, without its parameters. */
export const lengthOf = (word: Word): number =>
  Math.max(...textsOf(word).map((text) => [...text.replace(/\{\w+\}/g, '')].length));
