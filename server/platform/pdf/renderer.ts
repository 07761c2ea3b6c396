import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Paper } from './paper.ts';

/** What the process of `render.ts` sends, and gets back. `createdAt`: Unix seconds. */
export interface RenderTask {
  id: number;
  paper: Paper;
  createdAt: number;
}
export type RenderOutcome = { id: number; pdf: Uint8Array; note?: string } | { id: number; error: string };

const { resolve } = createRequire(import.meta.url);
const fonts = ['400Regular/IBMPlexSans_400Regular.ttf', '600SemiBold/IBMPlexSans_600SemiBold.ttf'];
const compiler = NodeCompiler.create({
  workspace: import.meta.dirname,
  fontArgs: [
    { fontBlobs: fonts.map((name) => readFileSync(resolve(`@expo-google-fonts/ibm-plex-sans/${name}`))) },
  ],
});
const mainFilePath = join(import.meta.dirname, 'paper.typ');

function render({ id, paper, createdAt }: RenderTask): RenderOutcome {
  const document = { mainFilePath, inputs: { paper: JSON.stringify(paper) } };
  try {
    return { id, pdf: compiler.pdf(document, { pdfStandard: 'a-3a', creationTimestamp: createdAt }) };
  } catch (error) {
    // PDF/A refuses a sign that the fonts lack. Its reader needs the paper all the same.
    const pdf = compiler.pdf(document, { creationTimestamp: createdAt });
    return { id, pdf, note: String(error) };
  } finally {
    compiler.evictCache(10);
  }
}

process.on('message', (task: RenderTask) => {
  let outcome: RenderOutcome;
  try {
    outcome = render(task);
  } catch (error) {
    outcome = { id: task.id, error: String(error) };
  }
  process.send?.(outcome);
});
// The process that started it has ended.
process.on('disconnect', () => process.exit(0));
