import { createHash } from 'node:crypto';

/** Escapes that PostgreSQL's text can't store, NUL and lone surrogates, and a key that sets prototypes, however written. */
const suspicious = /\\u(?:0000|00[567]|d[89a-f])|__proto__/i;

/**
 * Parses a request's body. Removes NUL and replaces lone surrogates by U+FFFD, in keys too. Throws a SyntaxError, also
 * for a key `__proto__`, which no page could be rendered with.
 */
export function parseJson(text: string): unknown {
  if (isDeeperThan(maxDepth, text)) throw new SyntaxError('nested too deeply');
  if (!suspicious.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value === 'string') return storable(value);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    const entries = Object.entries(value).map(([key, inner]) => [storable(key), inner as unknown] as const);
    if (entries.some(([key]) => key === '__proto__')) throw new SyntaxError('a field may not be __proto__');
    return Object.fromEntries(entries);
  });
}

/** Removes NUL and replaces lone surrogates. */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** Deeper than any valid body, and far below a stack overflow. */
export const maxDepth = 50;

/** Returns whether a JSON text is nested deeper, without recursion. */
export function isDeeperThan(depth: number, text: string): boolean {
  let open = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') {
      open += 1;
      if (open > depth) return true;
    } else if (character === ']' || character === '}') open -= 1;
  }
  return false;
}

/** Returns the same as `JSON.parse(JSON.stringify(value))`, faster. */
export function jsonCopy(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      // JSON has no -0.
      return Number.isFinite(value) ? value + 0 : null;
    case 'bigint':
      throw new TypeError('JSON has no bigint');
    case 'object':
      return value === null ? null : copyOfObject(value as Record<string, unknown>);
    default:
      return undefined;
  }
}

const hasToJson = (value: object): value is { toJSON(): unknown } =>
  'toJSON' in value && typeof value.toJSON === 'function';

function copyOfObject(value: Record<string, unknown>): unknown {
  if (hasToJson(value)) return jsonCopy(value.toJSON());
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (let at = 0; at < value.length; at++) items.push(jsonCopy(value[at]) ?? null);
    return items;
  }
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const copied = jsonCopy(value[key]);
    if (copied === undefined) continue;
    // Assigning it would set the prototype.
    if (key === '__proto__') Object.defineProperty(copy, key, { ...assigned, value: copied });
    else copy[key] = copied;
  }
  return copy;
}

const assigned = { configurable: true, enumerable: true, writable: true };

/** Returns the SHA-256 of a JSON value, independent of key order and white space. */
export function bodyHash(body: unknown): Buffer {
  return createHash('sha256').update(canonical(body)).digest();
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
