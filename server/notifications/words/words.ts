/** Words by plural category of the `count` parameter. */
export type Plural = { readonly [category in Intl.LDMLPluralRule]?: string } & { readonly other: string };
export type Word = string | Plural;

/** A translation of `D`: the same keys, plural where the original is plural. */
export type Translation<D> = { readonly [Key in keyof D]: D[Key] extends string ? string : Plural };

/** The names between braces in a text: `'{a} of {b}'` gives `'a' | 'b'`. */
type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type NamesOf<W> = W extends string ? Names<W> : 'count' | Names<W[keyof W]>;

/** What a word must be given: `count` is a number, all others are ready to print. */
export type Given<W> = { [Name in NamesOf<W>]: Name extends 'count' ? number : string };

/** Puts parameters into a word; what they say is never read as a parameter again. */
export function compose(
  word: Word,
  parameters: Readonly<Record<string, string | number>>,
  plurals: Intl.PluralRules,
  number: (value: number) => string,
): string {
  const count = Number(parameters['count'] ?? 0);
  const text = typeof word === 'string' ? word : (word[plurals.select(count)] ?? word.other);
  return text.replace(/\{(\w+)\}/g, (braces, name: string) => {
    const value = parameters[name] ?? braces;
    return typeof value === 'number' ? number(value) : value;
  });
}
