/** Returns the decimal mark of a language ("," in Serbian). */
export const decimalMark = (tag: string): string =>
  new Intl.NumberFormat(tag).formatToParts(0.5).find((part) => part.type === 'decimal')?.value ?? '.';
