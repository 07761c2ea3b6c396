import { shell } from './shell.ts';
import { ui } from './ui.ts';
import { rating } from './rating.ts';
import { states } from './states.ts';
import { units } from './units.ts';
import { errors } from './errors.ts';
import type { en } from '../en/dictionary.ts';
import type { Translation } from '#server/common/words.ts';

/** The words in Serbian (Latin script, formal) that any page may need. One file an area. */
export const sr = {
  ...shell,
  ...ui,
  ...rating,
  ...states,
  ...units,
  ...errors,
} satisfies Translation<typeof en>;
