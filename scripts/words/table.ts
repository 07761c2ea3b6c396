import { parseXml, XmlElement, type XmlNode, XmlText } from '@rgrove/parse-xml';
import { PlainError } from '../plain-error.ts';

/** One text of the table: a word, or one plural form of it. */
export interface Row {
  /** `key`, or `key[form]`. */
  id: string;
  source: string;
  /** Empty: not translated yet. */
  target: string;
  notes: string[];
}

export interface Table {
  sourceLanguage: string;
  targetLanguage: string;
  /** By the path of the original's file. */
  files: Record<string, Row[]>;
}

/** Returns a table as XLIFF 1.2 (OASIS, 2008), which translators' programs open; parameters are protected in it. */
export function toXliff({ sourceLanguage, targetLanguage, files }: Table): string {
  const languages = `source-language="${sourceLanguage}" target-language="${targetLanguage}"`;
  const file = ([path, rows]: [string, Row[]]) => `
  <file original="${escaped(path)}" datatype="plaintext" ${languages}>
    <body>${rows.map(unit).join('')}
    </body>
  </file>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">${Object.entries(files).map(file).join('')}
</xliff>
`;
}

const unit = ({ id, source, target, notes }: Row): string => `
      <trans-unit id="${escaped(id)}" approved="${target ? 'yes' : 'no'}" xml:space="preserve">
        <source>${inline(source)}</source>
        ${target ? `<target state="translated">${inline(target)}</target>` : '<target state="needs-translation"/>'}${notes
          .map((note) => `\n        <note from="developer">${escaped(note)}</note>`)
          .join('')}
      </trans-unit>`;

/** Returns a text with its parameters as placeholders; two of the same name are told apart by their ids. */
function inline(text: string): string {
  const ids = new Map<string, number>();
  return escaped(text).replace(/\{(\w+)\}/g, (parameter, name: string) => {
    const count = (ids.get(name) ?? 0) + 1;
    ids.set(name, count);
    return `<ph id="${count === 1 ? name : `${name}-${count}`}">${parameter}</ph>`;
  });
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Reads a table that a program has saved. Throws a PlainError where it is no XLIFF 1.2. */
export function fromXliff(xml: string): Table {
  const root = rootOf(xml);
  if (root?.name !== 'xliff' || root.attributes['version'] !== '1.2') {
    throw new PlainError('The table is no XLIFF 1.2: save it in the format in which it was exported');
  }
  const table: Table = { sourceLanguage: '', targetLanguage: '', files: {} };
  for (const file of below(root, 'file')) {
    table.sourceLanguage = file.attributes['source-language'] ?? '';
    table.targetLanguage = file.attributes['target-language'] ?? '';
    const rows = below(file, 'trans-unit').map((found) => ({
      id: found.attributes['id'] ?? '',
      source: textOf(found, 'source'),
      target: textOf(found, 'target'),
      notes: [],
    }));
    table.files[file.attributes['original'] ?? ''] = rows;
  }
  return table;
}

function rootOf(xml: string): XmlElement | null {
  try {
    return parseXml(xml).root;
  } catch (error) {
    throw new PlainError(`The table can't be read: ${(error as Error).message}`);
  }
}

/** Returns the elements of a name at any depth: programs group units as they like. */
function below(element: XmlElement, name: string): XmlElement[] {
  return elementsOf(element).flatMap((child) => (child.name === name ? [child] : below(child, name)));
}

const elementsOf = ({ children }: XmlElement): XmlElement[] =>
  children.filter((child) => child instanceof XmlElement);

// Only its own: a unit may hold other programs' suggestions, which have targets too.
const textOf = (element: XmlElement, name: string): string =>
  elementsOf(element)
    .filter((child) => child.name === name)
    .map((child) => child.children.map(plain).join(''))
    .join('');

/** Some programs replace a placeholder's text by an empty element with its id. */
function plain(node: XmlNode): string {
  if (node instanceof XmlText) return node.text;
  if (!(node instanceof XmlElement)) return '';
  const isEmptyPlaceholder = ['ph', 'x'].includes(node.name) && node.children.length === 0;
  return isEmptyPlaceholder
    ? `{${(node.attributes['id'] ?? '').replace(/-\d+$/, '')}}`
    : node.children.map(plain).join('');
}
