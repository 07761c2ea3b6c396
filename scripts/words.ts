import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run-step.ts';
import { generatedLists } from './words/lists.ts';

if (process.argv[1] === import.meta.filename) {
  for (const [file, text] of Object.entries(await generatedLists(root))) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}
