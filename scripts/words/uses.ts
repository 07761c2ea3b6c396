import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Node, nodesOfFile } from './syntax.ts';

/** What one source file says: which files it needs and which keys it names. Paths are relative to the root. */
export interface Uses {
  /** Imported as the file is loaded; types are left out. */
  imports: string[];
  /** Imported by `import()`, some time later. */
  parts: string[];
  /** The parts whose words it loads, by `areasOfPart()`. */
  brings: string[];
  /** All its strings: those that are keys name a word. */
  strings: Set<string>;
  /** Strings that are put together, such as `` `desk.outcome.${outcome}` ``. */
  patterns: Pattern[];
}

export interface Pattern {
  /** As in the source, with `…` for what is filled in. */
  text: string;
  matches: (key: string) => boolean;
}

const known = new Map<string, Uses>();

/** Returns the uses of a file, read once a process. */
export function usesOf(root: string, file: string): Uses {
  const path = join(root, file);
  let uses = known.get(path);
  if (!uses) known.set(path, (uses = readUses(root, file, nodesOfFile(path))));
  return uses;
}

function readUses(root: string, file: string, nodes: Node[]): Uses {
  const uses: Uses = { imports: [], parts: [], brings: [], strings: new Set(), patterns: [] };
  const add = (to: string[], from: Node) => {
    const path = resolve(root, file, String(from['value']));
    if (path) to.push(path);
  };
  for (const node of nodes) {
    if (node.type === 'ImportDeclaration' && !isOfTypes(node)) add(uses.imports, node['source'] as Node);
    else if (node.type === 'ExportNamedDeclaration' && node['source'])
      add(uses.imports, node['source'] as Node);
    else if (node.type === 'ImportExpression') add(uses.parts, node['source'] as Node);
    else if (isCallOf(node, 'areasOfPart')) add(uses.brings, (node['arguments'] as Node[])[0]!);
    else if (node.type === 'Literal' && typeof node['value'] === 'string') uses.strings.add(node['value']);
    // An attribute without braces.
    else if (node.type === 'Text') uses.strings.add(String(node['data']).trim());
    else if (node.type === 'TemplateLiteral') addTemplate(uses, node);
  }
  return uses;
}

const isCallOf = ({ type, callee }: Node, name: string): boolean =>
  type === 'CallExpression' && (callee as Node)['name'] === name;

function isOfTypes(declaration: Node): boolean {
  const names = declaration['specifiers'] as Node[];
  return (
    declaration['importKind'] === 'type' ||
    (names.length > 0 && names.every((name) => name['importKind'] === 'type'))
  );
}

function addTemplate(uses: Uses, template: Node): void {
  const fixed = (template['quasis'] as Node[]).map(({ value }) => (value as { cooked: string }).cooked);
  const text = fixed.join('…');
  if (fixed.length === 1) uses.strings.add(text);
  // What is left between the gaps has to name something.
  if (fixed.length === 1 || !/^[\w.…-]*[a-z]{3}[\w.…-]*$/i.test(text)) return;
  const source = fixed.map((part) => part.replaceAll('.', '\\.')).join('.+');
  const expression = new RegExp(`^${source}$`);
  uses.patterns.push({ text, matches: (key) => expression.test(key) });
}

/** Returns the imported file of the pages; undefined for packages, generated modules and styles. */
function resolve(root: string, from: string, specifier: string): string | undefined {
  const path = specifier.startsWith('#lib/')
    ? join('web/src/lib', specifier.slice('#lib/'.length))
    : specifier.startsWith('.')
      ? relative(root, join(root, dirname(from), specifier))
      : '';
  return /\.(ts|svelte)$/.test(path) && existsSync(join(root, path)) ? path : undefined;
}
