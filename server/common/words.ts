import { madeOnce } from './made-once.ts';

/** A text by plural category of its `count` parameter. */
export type Plural = { readonly [category in Intl.LDMLPluralRule]?: string } & { readonly other: string };
export type Word = string | Plural;
export type Words = Readonly<Record<string, Word>>;

/** The parameter names in a text: `'{a} of {b}'` gives `'a' | 'b'`. */
type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type NamesOf<W> = W extends string ? Names<W> : 'count' | Names<W[keyof W]>;

/** A text's parameters: `count` is a number, all others are printed as they are. */
export type Given<W> = { [Name in NamesOf<W>]: Name extends 'count' ? number : string | number };

/** The arguments after the key; none for a text without parameters. */
export type Arguments<W> = keyof Given<W> extends never ? [] : [parameters: Given<W>];

/** A translation of `D`: the same keys, with plurals where `D` has them. */
export type Translation<D> = { readonly [Key in keyof D]: D[Key] extends string ? string : Plural };

export type Parameters = Readonly<Record<string, string | number>>;

/**
 * Puts parameters into a text. `number` formats numbers in the language. A parameter's value isn't expanded again; an
 * unknown parameter stays in braces.
 */
export function compose(
  word: Word,
  parameters: Parameters,
  plurals: Intl.PluralRules,
  number: (value: number) => string,
): string {
  const text =
    typeof word === 'string' ? word : (word[plurals.select(Number(parameters['count'] ?? 0))] ?? word.other);
  return text.replace(/\{(\w+)\}/g, (braces, name: string) => {
    const value = parameters[name] ?? braces;
    return typeof value === 'number' ? number(value) : value;
  });
}

/** Returns functions that print numbers and texts in a language (BCP 47 `tag`). */
export const writerOf = madeOnce((tag: string) => {
  const plurals = new Intl.PluralRules(tag);
  const integers = new Intl.NumberFormat(tag, { useGrouping: 'always', maximumFractionDigits: 4 });
  const number = (value: number): string => integers.format(value);
  const write = (word: Word, parameters: Parameters = {}): string =>
    compose(word, parameters, plurals, number);
  return { number, write };
});
