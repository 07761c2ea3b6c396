import type { SearchResult } from '#lib/api/types.ts';

type Product = SearchResult['items'][number];

/** A solution of products in the catalogue, and the partners that its lines ask. */
export type Example = {
  lines: { id: string; slug: string; code: string; name: string; quantity: number }[];
  partners: { id: string; name: string; slug: string; lines: number }[];
  /** Line and partner, by place. */
  asked: [number, number][];
};

const linesShown = 5;
const partnersShown = 4;
const longestCode = 18;
const longestTag = 20;

/** Returns two codes, or beginnings of codes, and two tags of these products, one of each industry. */
export function searchesFor(byIndustry: readonly (readonly Product[])[]): string[] {
  const codes = byIndustry
    .map((products) =>
      products.find(({ code, kind }) => kind === 'product' && /\d/.test(code) && code.length <= longestCode),
    )
    .flatMap((product) => (product ? [product.code] : []));
  const tags = byIndustry.flatMap((products) => {
    const common = Map.groupBy(
      products.flatMap((product) => product.tags),
      (tag) => tag,
    );
    const plain = [...common].filter(([tag]) => /^[a-z][a-z ]+$/i.test(tag) && tag.length <= longestTag);
    const [best] = plain.toSorted(([, a], [, b]) => b.length - a.length);
    return best ? [best[0]] : [];
  });
  return [...new Set([codes[0], tags[0], codes[1], tags[1], tags[2]])].filter(
    (search) => search !== undefined,
  );
}

/** Returns a solution of one product of each industry, if possible sold by several partners; null for too few. */
export function exampleOf(byIndustry: readonly (readonly Product[])[]): Example | null {
  const partners: Example['partners'] = [];
  const lines: Example['lines'] = [];
  const asked: Example['asked'] = [];
  const candidates = byIndustry.flatMap((products) =>
    products
      .filter(({ code }) => code.length <= longestCode)
      .toSorted((a, b) => sellers(b).length - sellers(a).length)
      .slice(0, 2),
  );
  for (const product of everySecondFirst(candidates)) {
    if (lines.length === linesShown) break;
    const places = sellers(product).map((vendor) => {
      const known = partners.findIndex(({ id }) => id === vendor.id);
      return known >= 0 || partners.length >= partnersShown
        ? known
        : partners.push({ ...vendor, lines: 0 }) - 1;
    });
    const found = [...new Set(places.filter((place) => place >= 0))].slice(0, 3);
    if (found.length === 0) continue;
    const [lead] = product.offers;
    const quantity = lead ? Math.ceil(lead.minimum / lead.packSize) * lead.packSize : 1;
    const { id, slug, code, name } = product;
    for (const place of found) {
      asked.push([lines.length, place]);
      const partner = partners[place];
      if (partner) partner.lines += 1;
    }
    lines.push({ id, slug, code, name, quantity });
  }
  return lines.length >= 2 && partners.length >= 2
    ? { lines, partners: partners.filter((partner) => partner.lines > 0), asked }
    : null;
}

/** Returns the reachable vendors of a product, each once. */
function sellers({ offers }: Product): { id: string; name: string; slug: string }[] {
  const reachable = offers
    .filter((offer) => offer.reachable)
    .map(({ vendor: { id, name, slug } }) => ({ id, name, slug }));
  return [...new Map(reachable.map((vendor) => [vendor.id, vendor])).values()];
}

/** Returns the first of each pair before the second ones, so that all industries come first. */
const everySecondFirst = <T>(items: readonly T[]): T[] => [
  ...items.filter((_, index) => index % 2 === 0),
  ...items.filter((_, index) => index % 2 === 1),
];
