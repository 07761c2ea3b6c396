/** The quantities that partners sell: at least `minimum`, in multiples of `pack`. */
export type Terms = { minimum: number; pack: number };

type OfferTerms = { minimum: number; packSize: number };

const largest = 1_000_000_000;

/** Returns the terms that suit all of these partners together. */
export function termsOf(offers: readonly OfferTerms[]): Terms {
  const pack = offers.reduce((multiple, { packSize }) => leastCommonMultiple(multiple, packSize), 1);
  const minimum = Math.max(1, ...offers.map((offer) => offer.minimum));
  return { minimum: Math.ceil(minimum / pack) * pack, pack };
}

/** Returns the smallest quantity of at least `wanted` that suits the terms; null when there is none. */
export function nextQuantity({ minimum, pack }: Terms, wanted: number): number | null {
  const next = Math.ceil(Math.max(wanted, minimum) / pack) * pack;
  return next <= largest ? next : null;
}

function leastCommonMultiple(a: number, b: number): number {
  let [divisor, rest] = [a, b];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  return (a / divisor) * b;
}

/** Returns a typed quantity of digits, with optional spaces between thousands; null for other texts. */
export function readQuantity(text: string): number | null {
  const digits = text.replace(/\s/g, '');
  return /^\d{1,12}$/.test(digits) ? Number(digits) : null;
}
