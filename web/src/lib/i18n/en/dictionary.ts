import { shell } from './shell.ts';
import { ui } from './ui.ts';
import { catalog } from './catalog.ts';
import { calls } from './calls.ts';
import { requests } from './requests.ts';
import { account } from './account.ts';
import { states } from './states.ts';
import { units } from './units.ts';
import { errors } from './errors.ts';

/** The words in English that any page may need: the original, which gives the keys and their parameters. One file an area. */
export const en = {
  ...shell,
  ...ui,
  ...catalog,
  ...calls,
  ...requests,
  ...account,
  ...states,
  ...units,
  ...errors,
} as const;
