import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** The test file's own folder of files. */
export const dataDir = mkdtempSync(join(tmpdir(), 'uploads-'));
afterAll(() => rm(dataDir, { recursive: true }));
