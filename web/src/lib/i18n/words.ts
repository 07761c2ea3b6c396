/** Words by plural category of the `count` parameter; `other` is always there. */
export type Plural = { readonly [category in Intl.LDMLPluralRule]?: string } & { readonly other: string };
export type Word = string | Plural;
export type Words = Readonly<Record<string, Word>>;

/** The names between braces in a text: `'{a} of {b}'` gives `'a' | 'b'`. */
type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type NamesOf<W> = W extends string ? Names<W> : 'count' | Names<W[keyof W]>;

/** What a word must be given: `count` is a number, all others are ready to print. */
export type Given<W> = { [Name in NamesOf<W>]: Name extends 'count' ? number : string | number };

/** A translation of `D`: the same keys, plural where the original is plural. */
export type Translation<D> = { readonly [Key in keyof D]: D[Key] extends string ? string : Plural };

/**
 * Puts parameters into a word. Numbers are printed by `number`, so that they follow the language.
 * A name without a value stays visible in its braces: a missing word is worse than an odd one.
 */
export function compose(
  word: Word,
  parameters: Readonly<Record<string, string | number>>,
  plurals: Intl.PluralRules,
  number: (value: number) => string,
): string {
  const text = typeof word === 'string' ? word : pluralOf(word, parameters['count'], plurals);
  return text.replace(/\{(\w+)\}/g, (braces, name: string) => {
    const value = parameters[name];
    if (value === undefined) return braces;
    return typeof value === 'number' ? number(value) : value;
  });
}

const pluralOf = (word: Plural, count: string | number | undefined, plurals: Intl.PluralRules): string =>
  word[plurals.select(Number(count ?? 0))] ?? word.other;
