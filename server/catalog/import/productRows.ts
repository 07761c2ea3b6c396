import { basename } from 'node:path';
import { csvRows } from './csv.ts';
import { openLines } from './lines.ts';
import { decimalMarkOf, type PriceReading } from './prices.ts';
import { type Fields, parseFields } from './record.ts';
import { CatalogUnreadable, RowRefused } from './refusal.ts';

/** A record of the products' file. Reading its fields throws RowRefused if they can't be read. */
export interface ProductSource {
  row: number;
  fields: () => Fields;
}

export interface ProductRows {
  rows: AsyncIterable<ProductSource>;
  /** The part of the file that was read so far, 0 to 1. */
  share: () => number;
  decimalMark: PriceReading['decimalMark'];
}

/** Streams the records of products.jsonl, its .gz, or products.csv. Throws CatalogUnreadable if it is damaged. */
export async function openProducts(file: string): Promise<ProductRows> {
  if (file.endsWith('.csv')) return openCsv(file);
  const { lines, share } = await openLines(file);
  async function* rows(): AsyncGenerator<ProductSource> {
    for await (const { row, text } of lines) {
      if (text?.trim() === '') continue;
      yield {
        row,
        fields: () => {
          if (text === null) throw new RowRefused('longer than a record can be');
          return parseFields(text);
        },
      };
    }
  }
  // Numbers of JSON have a decimal point.
  return { rows: damaged(rows(), file), share, decimalMark: '.' };
}

/** Passes rows on; errors of gzip and of bytes that aren't UTF-8 become CatalogUnreadable. */
async function* damaged(rows: AsyncIterable<ProductSource>, file: string): AsyncGenerator<ProductSource> {
  try {
    yield* rows;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof CatalogUnreadable) throw new CatalogUnreadable(`${basename(file)}: ${message}`);
    if (code?.startsWith('Z_')) throw new CatalogUnreadable(`${basename(file)} is damaged (${message})`);
    throw error;
  }
}

/** Names of the fields by their headings, which a person writes in any case. */
const fieldNames = [
  ...[
    'sku',
    'product',
    'vendor',
    'category',
    'kind',
    'name',
    'model',
    'otherCodes',
    'description',
    'tags',
    'ean',
    'attrs',
    'image',
  ],
  ...['price', 'currency', 'priceBreaks', 'unit', 'moq', 'packSize', 'stock', 'leadTimeDays'],
];
const fieldsByHeading = new Map(fieldNames.map((name) => [name.toLowerCase(), name]));

async function openCsv(file: string): Promise<ProductRows> {
  const prices: string[] = [];
  let total = 0;
  // Read twice, so that a price with two readings is read as the others of the file are written.
  for await (const { row } of csvRows(file, ['sku'], (columns) => checkHeadings(columns, file))) {
    total += 1;
    if (row['price']) prices.push(row['price']);
  }
  let done = 0;
  async function* rows(): AsyncGenerator<ProductSource> {
    for await (const { row, line, refusal } of csvRows(file, ['sku'])) {
      done += 1;
      yield {
        row: line,
        fields: () => {
          if (refusal !== null) throw new RowRefused(refusal);
          return fieldsOf(row);
        },
      };
    }
  }
  return { rows: rows(), share: () => (total ? done / total : 1), decimalMark: decimalMarkOf(prices) };
}

function checkHeadings(columns: readonly string[], file: string): void {
  const unknown = columns.filter(
    (column) => column && !fieldsByHeading.has(column) && !column.startsWith('attrs.'),
  );
  if (unknown.length > 0) {
    throw new CatalogUnreadable(`${basename(file)} has the unknown column ${unknown.join(', ')}`);
  }
}

/** Returns a row's cells by field: lists are split at "|", attributes and breaks into pairs at ":". Empty cells are left out. */
function fieldsOf(row: Readonly<Record<string, string>>): Fields {
  const fields: Fields = {};
  const attributes: [string, string][] = [];
  for (const [heading, cell] of Object.entries(row)) {
    if (cell === '') continue;
    if (heading.startsWith('attrs.')) attributes.push([heading.slice('attrs.'.length), cell]);
    const field = fieldsByHeading.get(heading);
    if (field === 'attrs') attributes.push(...pairs(cell, 'attrs'));
    else if (field === 'priceBreaks') fields[field] = pairs(cell, field);
    else if (field === 'tags' || field === 'ean' || field === 'otherCodes') fields[field] = cell.split('|');
    else if (field) fields[field] = cell;
  }
  if (attributes.length > 0) fields['attrs'] = Object.fromEntries(attributes);
  return fields;
}

const pairs = (cell: string, field: string): [string, string][] =>
  cell
    .split('|')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const at = part.indexOf(':');
      if (at < 0) throw new RowRefused(`${field} "${part.trim()}" is not like "name: value"`);
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    });
