import { createHash } from 'node:crypto';
import type { FieldError } from '#server/platform/errors.ts';
import * as solutions from '#server/solutions/service.ts';
import type { StoredLine } from '#server/solutions/service.ts';
import { refuse } from '../refusals.ts';
import { listPrice } from './specification.ts';

/** What a line would say, each part hashed except the quantity, so that a version can tell what changed. */
interface LineMark {
  id: string;
  quantity: number;
  vendors: string;
  price: string;
  text: string;
}

const idLength = 8;
const partLength = 3;

/**
 * Returns the version of a specification: a hash of everything that would be sent, and a mark per line. It needs no
 * storage, and a later specification can be compared with it line by line.
 */
export function versionOf(lines: readonly StoredLine[]): string {
  const whole = digest(lines.map(contentOf), 22);
  return [whole, ...lines.map((line) => written(markOf(line)))].join('.');
}

/** Refuses `specification_changed`, naming the changes, unless the lines are those of the version. */
export function requireVersion(reviewed: string, lines: readonly StoredLine[]): void {
  if (reviewed === versionOf(lines)) return;
  throw refuse('specification_changed', { errors: changesSince(reviewed, lines) });
}

/** Returns what changed since a version: errors at `lines.<line id>` and its parts, `lines` for what has no line left. */
export function changesSince(reviewed: string, lines: readonly StoredLine[]): FieldError[] {
  const marks = reviewed.split('.').slice(1).map(read);
  const known = new Map(marks.flatMap((mark) => (mark ? [[mark.id, mark]] : [])));
  const changes = lines.flatMap((line) => {
    const now = markOf(line);
    const before = known.get(now.id);
    known.delete(now.id);
    return before ? lineChanges(line, before, now) : [change(`lines.${line.id}`, 'line_added', line)];
  });
  const removed = [...known].map(() => ({
    ...{ path: 'lines', code: 'line_removed', message: 'A line was removed' },
  }));
  const all = [...changes, ...removed];
  return all.length > 0
    ? all
    : [{ path: 'lines', code: 'lines_reordered', message: 'The order has changed' }];
}

const partsOfLine = {
  vendors: ['vendors_changed', 'the vendors asked have changed'],
  price: ['price_changed', 'the list price has changed'],
  text: ['text_changed', 'the product, its options or the note have changed'],
} as const;

function lineChanges(line: StoredLine, before: LineMark, now: LineMark): FieldError[] {
  const path = `lines.${line.id}`;
  const quantity =
    before.quantity === now.quantity
      ? []
      : [
          {
            ...{ path: `${path}.quantity`, code: 'quantity_changed', was: String(before.quantity) },
            message: `Line ${line.position}: the quantity was ${before.quantity}, it is ${now.quantity}`,
          },
        ];
  const others = (['vendors', 'price', 'text'] as const)
    .filter((part) => before[part] !== now[part])
    // Another quantity or vendor brings another price.
    .filter((part) => part !== 'price' || (quantity.length === 0 && before.vendors === now.vendors))
    .map((part) => ({
      ...{ path: `${path}.${part}`, code: partsOfLine[part][0] },
      message: `Line ${line.position}: ${partsOfLine[part][1]}`,
    }));
  return [...quantity, ...others];
}

function change(path: string, code: 'line_added', line: StoredLine): FieldError {
  return { path, code, message: `Line ${line.position} was added` };
}

function contentOf(line: StoredLine) {
  const { id, position, quantity, product, note } = line;
  const options = Object.entries(line.options).toSorted();
  return [id, position, quantity, product.id, product.code, product.name, options, note, askedOf(line)];
}

const askedOf = (line: StoredLine) =>
  solutions
    .askedOffers(line)
    .map((offer) => [
      offer.vendor.id,
      offer.id,
      offer.sku,
      offer.unit,
      listPrice({ line, offer }),
      offer.currency,
    ]);

function markOf(line: StoredLine): LineMark {
  const { product, note } = line;
  const asked = askedOf(line);
  return {
    id: digest(line.id, idLength),
    quantity: line.quantity,
    vendors: digest(
      asked.map((offer) => offer.slice(0, 4)),
      partLength,
    ),
    price: digest(
      asked.map((offer) => offer.slice(4)),
      partLength,
    ),
    text: digest(
      [product.id, product.code, product.name, Object.entries(line.options).toSorted(), note],
      partLength,
    ),
  };
}

const digest = (content: unknown, length: number): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, length);

const written = ({ id, vendors, price, text, quantity }: LineMark): string =>
  `${id}${vendors}${price}${text}${quantity.toString(36)}`;

const markForm = new RegExp(
  `^([\\w-]{${idLength}})([\\w-]{${partLength}})([\\w-]{${partLength}})([\\w-]{${partLength}})([0-9a-z]{1,7})$`,
);

function read(text: string): LineMark | null {
  const [, id, vendors, price, lineText, quantity] = markForm.exec(text) ?? [];
  if (!id || !vendors || !price || !lineText || !quantity) return null;
  return { id, vendors, price, text: lineText, quantity: parseInt(quantity, 36) };
}
