import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs a command of `scripts/` on a database, as npm does; returns its exit code and output. */
export function runCommand(
  script: string,
  databaseUrl: string,
  given: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; said: string }> {
  const file = fileURLToPath(new URL(`../../scripts/${script}.ts`, import.meta.url));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', './scripts/loading.ts', file, ...given],
      { env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, ...env } },
      (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, said: `${stdout}${stderr}` }),
    );
  });
}
