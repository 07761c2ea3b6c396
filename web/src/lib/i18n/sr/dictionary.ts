import { shell } from './shell.ts';
import { ui } from './ui.ts';
import { home } from './home.ts';
import { catalog } from './catalog.ts';
import { search } from './search.ts';
import { product } from './product.ts';
import { calls } from './calls.ts';
import { solution } from './solution.ts';
import { review } from './review.ts';
import { requests } from './requests.ts';
import { answer } from './answer.ts';
import { follow } from './follow.ts';
import { account } from './account.ts';
import { desk } from './desk.ts';
import { dev } from './dev.ts';
import { phones } from './phones.ts';
import { states } from './states.ts';
import { units } from './units.ts';
import { errors } from './errors.ts';
import type { English } from '../dictionary.ts';
import type { Translation } from '../words.ts';

/** Every word of the interface in Serbian (Latin script, formal). One file an area. */
export const sr = {
  ...shell,
  ...ui,
  ...home,
  ...catalog,
  ...search,
  ...product,
  ...calls,
  ...solution,
  ...review,
  ...requests,
  ...answer,
  ...follow,
  ...account,
  ...desk,
  ...dev,
  ...phones,
  ...states,
  ...units,
  ...errors,
} satisfies Translation<English>;
