/**
 * Writes the demo catalogue, `catalog/`, from `families/` and `source/`. The same input gives the same bytes.
 *
 *   node db/seed/generate.ts           writes the files
 *   node db/seed/generate.ts --check   verifies what is committed and that it is what this would write
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { answeringFor, makeAgents } from './agents.ts';
import { readCategories } from './categories.ts';
import { problemsOf, reportOf, type Catalogue } from './check.ts';
import { makeOffers } from './offers.ts';
import { asStandards, broughtTogether, keyOfStandard } from './standard.ts';
import { makePeople } from './people.ts';
import { chooseProducts } from './products.ts';
import { formatCsv, sourceText } from './text.ts';
import { makeWords } from './words.ts';
import { phoneBook, readVendors } from './vendors.ts';

const FOLDER = new URL('catalog/', import.meta.url);

function makeCatalogue(): Catalogue {
  const nextPhone = phoneBook();
  const vendors = readVendors(nextPhone);
  const categories = readCategories();
  const products = chooseProducts();
  const agents = makeAgents(vendors, products, nextPhone);
  const standards = asStandards(products);
  const offers = broughtTogether(makeOffers(standards, vendors, categories), standards);
  return {
    vendors,
    categories,
    agents: answeringFor(agents, new Map(products.map((product) => [product.key, keyOfStandard(product)]))),
    offers,
    words: makeWords(offers),
    people: makePeople(agents),
  };
}

function filesOf({ vendors, categories, agents, offers, words, people }: Catalogue): Map<string, Buffer> {
  const lines = offers.map((offer) => JSON.stringify(offer) + '\n').join('');
  return new Map([
    [
      'vendors.csv',
      Buffer.from(
        formatCsv(
          [
            'id',
            'name',
            'kind',
            'email',
            'country',
            'currency',
            'timezone',
            'locale',
            'phone',
            'description',
          ],
          vendors,
        ),
      ),
    ],
    [
      'categories.csv',
      Buffer.from(
        formatCsv(['id', 'parent_id', 'level', 'level_name', 'name', 'name.sr', 'path'], categories),
      ),
    ],
    [
      'agents.csv',
      Buffer.from(
        formatCsv(
          ['vendor', 'name', 'email', 'kind', 'languages', 'phone', 'locale', 'hours', 'responsibilities'],
          agents,
        ),
      ),
    ],
    ['words.csv', Buffer.from(formatCsv(['kind', 'word', 'word.sr'], words))],
    ['products.jsonl.gz', gzip(lines)],
    ['people.json', Buffer.from(JSON.stringify(people, null, 2) + '\n')],
    ['rates.csv', Buffer.from(sourceText('rates.csv'))],
  ]);
}

/** Compresses without time and system in the header, so that the same content gives the same bytes. */
function gzip(text: string): Buffer {
  const packed = gzipSync(text, { level: 9 });
  packed.fill(0, 4, 8);
  packed[9] = 255;
  return packed;
}

/** Returns the names of committed files that differ. Compares .gz files unpacked, because compressors differ. */
function differing(files: Map<string, Buffer>): string[] {
  const unpack = (name: string, bytes: Buffer) => (name.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  return [...files]
    .filter(([name, bytes]) => !unpack(name, bytes).equals(unpack(name, readFileSync(new URL(name, FOLDER)))))
    .map(([name]) => name);
}

const catalogue = makeCatalogue();
const files = filesOf(catalogue);
const problems = problemsOf(catalogue);
const size = [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
if (size > 600_000) problems.push(`${size} bytes are too much to commit`);

if (process.argv.includes('--check')) {
  problems.push(...differing(files).map((name) => `${name} is not what the generator writes`));
} else if (problems.length === 0) {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(new URL(name, FOLDER), bytes);
}
console.log(reportOf(catalogue));
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
