import { join } from 'node:path';
import { root, runStep, type Step } from '../../run-step.ts';

/** Builds the site of two pages in `bare-kit/`. Returns the folder. */
export async function buildBareKit(): Promise<string> {
  // In here, because the built site resolves its packages from where it is.
  const folder = join(root, 'node_modules/.cache/quoteline/bare-kit');
  process.env['BARE_KIT_BUILD'] = folder;
  const step: Step = {
    name: 'the bare site',
    command: ['vite', 'build', join(root, 'scripts/bench/all/bare-kit'), '--logLevel', 'warn'],
  };
  if (!(await runStep(step))) throw new Error('the bare site was not built');
  return folder;
}
