import type { Request } from '#lib/api/schema.d.ts';

type Decided = 'partly_accepted' | 'accepted';

/** Whether lines of a request are ordered. */
export const isDecided = (status: string): status is Decided =>
  status === 'partly_accepted' || status === 'accepted';

/** Returns the key of the words for a request whose lines are ordered, in the list of requests and on its page. */
export const decidedKey = (kind: Request['kind'], status: Decided) =>
  `requests.decided.${kind}.${status}` as const;
