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

/** Every word of the interface in English: the original, which gives the keys and their parameters. One file an area. */
export const en = {
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
} as const;
