import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { refuse } from '../errors.ts';
import { createReadCounter } from '../limits.ts';
import { isInProcess } from '../in-process.ts';
import { clientAddress } from './origin.ts';

/** Limits requests per address. Refuses `too_many`. In-process calls don't count: their page has been counted. */
export function limitReads({ config, clock }: { config: Config; clock: Clock }) {
  const allows = createReadCounter(config.limits.readsPerMinute);
  return async (request: FastifyRequest): Promise<void> => {
    const now = clock.now();
    if (!isInProcess(request) && !allows(clientAddress(request), now)) {
      throw refuse('too_many', { retryAfterSeconds: 60 - now.getUTCSeconds() });
    }
  };
}
