import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { failWith, PlainError } from './plain-error.ts';

/** `npm run bench -- <name>`: runs scripts/bench/<name>.ts, which prints its own table. */
const folder = join(import.meta.dirname, 'bench');
const names = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const name = process.argv[2] ?? '';

try {
  if (!names.includes(name)) throw new PlainError(`Usage: npm run bench -- <${names.join(' | ')}>`);
  await import(`./bench/${name}.ts`);
} catch (error) {
  failWith(error);
}
