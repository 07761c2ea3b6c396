import type { RequestStatus } from '#lib/api/types.ts';

/** The tag of each status of a request. Yellow marks requests that wait for the buyer. */
export const statusTags: Record<RequestStatus, 'ok' | 'mark' | 'pen' | undefined> = {
  sent: undefined,
  partly_answered: 'mark',
  answered: 'mark',
  partly_accepted: 'pen',
  accepted: 'ok',
  closed: undefined,
};
