import { createHash } from 'node:crypto';

/** Escapes that JSON allows and PostgreSQL's text doesn't: NUL and halves of a surrogate pair. */
const suspicious = /\\u(?:0000|d[89a-f])/i;

/**
 * Parses a request's body. Characters that no database text can hold are left out (NUL) or become U+FFFD (half a
 * surrogate pair), in keys too. Throws a SyntaxError.
 */
export function parseJson(text: string): unknown {
  if (isDeeperThan(maxDepth, text)) throw new SyntaxError('nested too deeply');
  if (!suspicious.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value === 'string') return storable(value);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), inner as unknown]));
  });
}

const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** Deeper than any body of ours, and far from where a stack ends. */
const maxDepth = 50;

/** Returns counts brackets outside strings, before anything recurses into them. */
function isDeeperThan(depth: number, text: string): boolean {
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

/** Returns what `JSON.parse(JSON.stringify(value))` returns, in a fraction of the time. */
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
    // Assigned, it would become the prototype.
    if (key === '__proto__') Object.defineProperty(copy, key, { ...assigned, value: copied });
    else copy[key] = copied;
  }
  return copy;
}

const assigned = { configurable: true, enumerable: true, writable: true };

/** SHA-256 of the body as a value: the order of its keys and its white space don't matter. */
export function bodyHash(body: unknown): Buffer {
  return createHash('sha256').update(canonical(body)).digest();
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
