// Plain JavaScript without packages: runs on the machine's own Node after each installation, and when a command starts,
// because `npm ci --ignore-scripts` skips the former. Applies every `<package>+<version>.patch` of this folder that
// isn't applied yet; ends the process when the installed package is another one than the patch was written for.
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const modules = join(folder, '../../node_modules');

try {
  for (const file of readdirSync(folder)) if (file.endsWith('.patch')) apply(file);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

function apply(patch) {
  const [name, wanted] = patch.slice(0, -'.patch'.length).split('+');
  const packageDir = join(modules, name);
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  if (version !== wanted) {
    throw new Error(
      `scripts/patches/${patch} is for ${name} ${wanted}, but ${version} is installed. ` +
        'Run npm ci; after an update, delete the patch if the new version has its changes, or renew it.',
    );
  }
  const files = parse(readFileSync(join(folder, patch), 'utf8'));
  const changes = files.map(({ path, hunks }) => {
    const file = join(packageDir, path);
    const lines = readFileSync(file, 'utf8').split('\n');
    if (replaced(lines, hunks, 'after', 'before')) return undefined;
    const text = replaced(lines, hunks, 'before', 'after')?.join('\n');
    if (text === undefined) {
      throw new Error(
        `${name} ${version} has another text than scripts/patches/${patch} expects in ${path}. Run npm ci to install it again.`,
      );
    }
    return { file, text };
  });
  for (const change of changes) if (change) replaceFile(change);
}

/** Writes a new file in place of the old one, which other installations may share as a hard link. */
function replaceFile({ file, text }) {
  const written = `${file}.${process.pid}`;
  writeFileSync(written, text);
  renameSync(written, file);
}

/** Returns the lines with each hunk's one side exchanged for its other, or undefined if they differ from that side. */
function replaced(lines, hunks, from, to) {
  const result = [];
  let at = 0;
  for (const hunk of hunks) {
    const { line, text } = hunk[from];
    result.push(...lines.slice(at, line));
    if (text.some((expected, index) => lines[line + index] !== expected)) return undefined;
    result.push(...hunk[to].text);
    at = line + text.length;
  }
  return [...result, ...lines.slice(at)];
}

/** Parses a unified diff. Text before the first file says what the patch is for. */
function parse(diff) {
  const files = [];
  let hunk;
  for (const line of diff.split('\n')) {
    const path = /^\+\+\+ b\/(.+)$/.exec(line)?.[1];
    const places = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (path) {
      files.push({ path, hunks: [] });
      hunk = undefined;
    } else if (places) {
      hunk = {
        before: { line: places[1] - 1, text: [] },
        after: { line: places[2] - 1, text: [] },
      };
      files.at(-1).hunks.push(hunk);
    } else if (line.startsWith('--- ')) hunk = undefined;
    else if (hunk && line !== '') {
      const text = line.slice(1);
      if (line[0] !== '+') hunk.before.text.push(text);
      if (line[0] !== '-') hunk.after.text.push(text);
    }
  }
  return files;
}
