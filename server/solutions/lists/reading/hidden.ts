/** A tag with its name and attributes. A "<" ends an attribute, so that reading takes time by the length of the text. */
export const tag = /<(\/?)(?:ss:)?([a-z][a-z0-9]*)\b([^<>]*)>/giu;

const hides = /(?:^|[\s;])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))/i;

/** Returns the classes and ids that style sheets hide everywhere. Rules for media, as for printing, don't count. */
function hiddenNames(css: string): Set<string> {
  const names = new Set<string>();
  let depth = 0;
  for (const part of css.split('}')) {
    const [selectors = '', ...bodies] = part.split('{');
    depth += bodies.length;
    if (depth === 1 && bodies.length === 1 && hides.test(bodies[0] ?? ''))
      for (const selector of selectors.split(',')) names.add(/[.#][\w-]+$/.exec(selector.trim())?.[0] ?? '');
    depth = Math.max(0, depth - 1);
  }
  names.delete('');
  return names;
}

const valueOf = (name: string, attributes: string): string => {
  const [, quoted, single, bare] =
    new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes) ?? [];
  return quoted ?? single ?? bare ?? '';
};

/** How an element is hidden: with its place, or so that it leaves its place empty. */
export type Hiding = 'removed' | 'blank' | null;

/** Returns a function that returns how an element with these attributes is hidden. */
export function hidingIn(css: string): (attributes: string) => Hiding {
  const names = hiddenNames(css);
  return (attributes) => {
    const style = valueOf('style', attributes);
    if (/(?:^|[\s;])visibility\s*:\s*hidden/i.test(style)) return 'blank';
    const isNamed =
      names.size > 0 &&
      (names.has(`#${valueOf('id', attributes)}`) ||
        valueOf('class', attributes)
          .split(/\s+/)
          .some((name) => names.has(`.${name}`)));
    // Words in values aren't attributes: class="never hidden".
    const bare = attributes.replace(/"[^"]*"|'[^']*'/g, '""');
    const isHidden = /(?:^|\s)hidden(?=[\s/=]|$)/i.test(bare) || /\sss:hidden\s*=\s*["']1/i.test(attributes);
    return isHidden || isNamed || hides.test(style) ? 'removed' : null;
  };
}

/**
 * Rows and cells, which may lack their end tags, are left to the reader of tables. Pages hide their body until a script runs.
 */
const parts = new Set('html|body|tr|row|td|th|cell|col|column|br|hr|img|input|wbr|meta|link'.split('|'));

/** Returns a text without its hidden elements other than rows, cells and columns. One without an end hides nothing. */
export function withoutHidden(text: string, hidingOf: (attributes: string) => Hiding): string {
  let kept = '';
  let at = 0;
  let open: { name: string; from: number; depth: number } | null = null;
  for (const { 0: whole, 1: slash, 2: given = '', 3: attributes = '', index } of text.matchAll(tag)) {
    const name = given.toLowerCase();
    const ends = slash === '/';
    if (open && name === open.name && !attributes.endsWith('/')) open.depth += ends ? -1 : 1;
    else if (!open && !ends && !parts.has(name) && !attributes.endsWith('/') && hidingOf(attributes))
      open = { name, from: index, depth: 1 };
    if (open?.depth !== 0) continue;
    kept += text.slice(at, open.from);
    at = index + whole.length;
    open = null;
  }
  return kept + text.slice(at);
}

const rawText = /<(?:(style|script|head|title|o:\w+)\b|!--)/giu;

/** Returns a text without scripts, comments and heads, and its style sheets. */
export function withoutRaw(text: string): { text: string; css: string } {
  let kept = '';
  let css = '';
  let at = 0;
  const lower = text.toLowerCase();
  const unended = new Set<string>();
  for (const { 0: whole, 1: name, index } of text.matchAll(rawText)) {
    if (index < at) continue;
    const end = name === undefined ? '-->' : `</${name.toLowerCase()}`;
    const to = unended.has(end) ? -1 : lower.indexOf(end, index + whole.length);
    if (to < 0) {
      unended.add(end);
      continue;
    }
    const inner = text.slice(index, to);
    for (const sheet of name?.toLowerCase() === 'head' ? inner.split(/<style/i).slice(1) : [inner])
      if (name && /^(?:head|style)$/i.test(name))
        css += sheet.replace(/<\/style[\s\S]*$/i, '').replace(/^[^>]*>/, '');
    kept += `${text.slice(at, index)} `;
    const close = name === undefined ? to + end.length - 1 : text.indexOf('>', to);
    at = close < 0 ? text.length : close + 1;
  }
  return { text: kept + text.slice(at), css: css.replace(/<!--|-->/g, '') };
}
