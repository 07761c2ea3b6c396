import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';

// Poppler complains of a tag that PDF/A wants.
const quiet: ExecFileSyncOptionsWithStringEncoding = {
  encoding: 'utf8',
  stdio: ['pipe', 'pipe', 'ignore'],
};

/** Returns the text of a PDF, laid out as on its pages, which form feeds end. */
export const textOf = (pdf: Buffer): string =>
  execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, ...quiet });

/** Returns what pdfinfo says of a PDF, by its names, such as "Pages" and "Tagged". */
export function infoOf(pdf: Buffer): Record<string, string> {
  const printed = execFileSync('pdfinfo', ['-'], { input: pdf, ...quiet });
  return Object.fromEntries(
    printed.split('\n').flatMap((line) => {
      const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value ?? '']];
    }),
  );
}
