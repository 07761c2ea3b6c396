import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { refuse } from '../errors.ts';
import { createReadCounter } from '../limits.ts';
import { isInProcess } from '../in-process.ts';
import { clientAddress } from './origin.ts';

/**
 * Refuses an address that calls more often in a minute than any person or program of good will does. What pages call for
 * a visitor is counted there, once a page.
 */
export function limitReads({ config, clock }: { config: Config; clock: Clock }) {
  const allows = createReadCounter(config.limits.readsPerMinute);
  return async (request: FastifyRequest): Promise<void> => {
    const now = clock.now();
    if (!isInProcess(request) && !allows(clientAddress(request), now)) {
      throw refuse('too_many', { retryAfterSeconds: 60 - now.getUTCSeconds() });
    }
  };
}
