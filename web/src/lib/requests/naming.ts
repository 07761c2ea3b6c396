import type { Specification } from '#lib/api/schema.d.ts';

type Named = {
  lineCount: Specification['lineCount'];
  parts: { lines: { position: number; product: { name: string } }[] }[];
};

/** Returns what a request without a name is called by: the product of its first line, and how many lines follow. */
export function namingOf({ lineCount, parts }: Named): { first: string; count: number } {
  const [first] = parts.flatMap(({ lines }) => lines).sort((a, b) => a.position - b.position);
  return { first: first?.product.name ?? '', count: Math.max(0, lineCount - 1) };
}
