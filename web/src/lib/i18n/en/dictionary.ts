import { shell } from './shell.ts';
import { ui } from './ui.ts';
import { rating } from './rating.ts';
import { states } from './states.ts';
import { units } from './units.ts';
import { errors } from './errors.ts';

/** The words in English that any page may need: the original, which gives the keys and their parameters. One file an area. */
export const en = {
  ...shell,
  ...ui,
  ...rating,
  ...states,
  ...units,
  ...errors,
} as const;
