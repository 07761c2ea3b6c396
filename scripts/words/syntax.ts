import { readFileSync } from 'node:fs';
import { parse } from 'svelte/compiler';

/** A node of a syntax tree (ESTree, with Svelte's and TypeScript's own nodes). Positions are those in the file. */
export type Node = { type: string; start: number; end: number } & Record<string, unknown>;

// Svelte's parser reads TypeScript inside a component only; one parser then serves pages and modules.
const opening = '<script lang="ts">';

/** Returns all nodes of a TypeScript module or Svelte component, parents before their children. */
export function nodesOfFile(file: string, source = readFileSync(file, 'utf8')): Node[] {
  if (file.endsWith('.svelte')) return nodesBelow(parse(source, { modern: true }));
  const { instance } = parse(`${opening}${source}\n</script>`, { modern: true });
  return nodesBelow(instance?.content).map((node) =>
    Object.assign(node, { start: node.start - opening.length, end: node.end - opening.length }),
  );
}

function nodesBelow(value: unknown, found: Node[] = []): Node[] {
  if (Array.isArray(value)) {
    for (const item of value) nodesBelow(item, found);
  } else if (typeof value === 'object' && value !== null) {
    if ('type' in value && 'start' in value) found.push(value as Node);
    for (const child of Object.values(value)) nodesBelow(child, found);
  }
  return found;
}
