import { decodeXML } from 'entities';
import { mostCells } from './delimited.ts';

/** What a sheet hides, as indexes from 0. */
export interface HiddenParts {
  isSheetHidden: boolean;
  rows: ReadonlySet<number>;
  columns: ReadonlySet<number>;
}

const valueOf = (name: string, attributes: string): string =>
  decodeXML(new RegExp(`(?:^|\\s)(?:\\w+:)?${name}\\s*=\\s*["']([^"']*)["']`).exec(attributes)?.[1] ?? '');
const isOn = (attributes: string): boolean => /^(?:1|true)$/.test(valueOf('hidden', attributes));

/** Returns the attributes of all elements with a name, with any prefix. A "<" ends an attribute, so that time stays linear. */
const elements = (xml: string, name: string): string[] =>
  Array.from(
    xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(\\s[^<>]*)?>`, 'g')),
    ([, attributes = '']) => attributes,
  );

/**
 * Returns what a workbook hides, by the names of its sheets: rows that a filter leaves out, columns, whole sheets. The
 * library that reads the cells doesn't tell.
 */
export function hiddenParts(files: ReadonlyMap<string, Buffer>): Map<string, HiddenParts> {
  const textOf = (path: string): string => files.get(path)?.toString() ?? '';
  const targets = new Map(
    elements(textOf('xl/_rels/workbook.xml.rels'), 'Relationship').map((attributes) => [
      valueOf('Id', attributes),
      valueOf('Target', attributes).replace(/^\/?(?:xl\/)?/, 'xl/'),
    ]),
  );
  return new Map(
    elements(textOf('xl/workbook.xml'), 'sheet').map((attributes) => {
      const xml = textOf(targets.get(valueOf('id', attributes)) ?? '');
      const isSheetHidden = /hidden/i.test(valueOf('state', attributes));
      return [valueOf('name', attributes), { isSheetHidden, rows: rowsOf(xml), columns: columnsOf(xml) }];
    }),
  );
}

function rowsOf(xml: string): Set<number> {
  const rows = new Set<number>();
  let index = -1;
  for (const attributes of elements(xml, 'row')) {
    const place = Number(valueOf('r', attributes));
    index = place > 0 ? place - 1 : index + 1;
    if (isOn(attributes)) rows.add(index);
  }
  return rows;
}

function columnsOf(xml: string): Set<number> {
  const hidden = elements(xml, 'col').filter(isOn);
  return new Set(
    hidden.flatMap((attributes) => {
      const [from, to] = [Number(valueOf('min', attributes)), Number(valueOf('max', attributes))];
      const count = Math.min(to, mostCells) - from + 1;
      return from > 0 ? Array.from({ length: Math.max(0, count) }, (_, nth) => from - 1 + nth) : [];
    }),
  );
}
