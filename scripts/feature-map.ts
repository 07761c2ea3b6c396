import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mayUse from './may-use.json' with { type: 'json' };

const readme = join(import.meta.dirname, '../README.md');
const begin = '<!-- feature map: npm run feature-map -->';
const end = '<!-- end of the feature map -->';

/** Returns the README with a diagram of `may-use.json` between its markers. */
export function withFeatureMap(text: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error('README.md lacks the markers of the feature map');
  return `${text.slice(0, from)}${begin}\n\n${featureMap(mayUse)}\n\n${text.slice(to)}`;
}

/** Returns a Mermaid flowchart: an arrow means "may import". Leaves out arrows that follow from others. */
export function featureMap(uses: Record<string, string[]>): string {
  const arrows = Object.keys(uses).flatMap((feature) =>
    directUses(feature, uses).map((used) => `  ${feature} --> ${used}`),
  );
  const isolated = Object.keys(uses).filter(
    (name) => !arrows.some((arrow) => arrow.split(' ').includes(name)),
  );
  return ['```mermaid', 'flowchart TD', ...arrows, ...isolated.map((name) => `  ${name}`), '```'].join('\n');
}

/** `dev` may use nearly every feature: its arrows would hide the others. */
const notDrawn = new Set(['dev']);

function directUses(feature: string, uses: Record<string, string[]>): string[] {
  if (notDrawn.has(feature)) return [];
  const used = uses[feature] ?? [];
  const reached = new Set(used.flatMap((other) => [...reachable(other, uses)]));
  return used.filter((other) => !reached.has(other));
}

function reachable(feature: string, uses: Record<string, string[]>): Set<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    for (const other of uses[name] ?? []) {
      if (found.has(other)) continue;
      found.add(other);
      visit(other);
    }
  };
  visit(feature);
  return found;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(readme, withFeatureMap(readFileSync(readme, 'utf8')));
}
