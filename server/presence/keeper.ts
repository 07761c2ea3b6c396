import type { Context } from '#server/context.ts';
import * as leases from './leases.ts';
import { renewSeconds } from './rules.ts';

/** A connection that knows for how many milliseconds its browser has been silent. */
interface LiveConnection {
  id: string;
  silentMs(): number;
}

/** The leases of the agents whose pages are connected to this process: renewed together, as long as the pages live. */
export interface Keeper {
  /** Opens a lease for the connection; returns the function that ends it. */
  hold(agentId: number, connection: LiveConnection): Promise<() => Promise<void>>;
  renew(): Promise<void>;
  /** Stops renewing and ending: leases expire after the pages have reconnected to another process. */
  stop(): void;
}

export function createKeeper(ctx: Pick<Context, 'db' | 'clock' | 'log'>): Keeper {
  const held = new Map<string, { agentId: number; connection: LiveConnection }>();
  let renewing: Promise<void> = Promise.resolve();
  let stopped = false;

  const leaseOf = ({ agentId, connection }: { agentId: number; connection: LiveConnection }) => ({
    connectionId: connection.id,
    agentId,
    silentSeconds: connection.silentMs() / 1000,
  });
  function renew(): Promise<void> {
    renewing = leases.renew(ctx, [...held.values()].map(leaseOf)).catch((error: unknown) => {
      ctx.log.warn({ err: error }, 'leases not renewed, to be tried again');
    });
    return renewing;
  }
  const timer = setInterval(() => void renew(), renewSeconds * 1000);
  timer.unref();

  return {
    async hold(agentId, connection) {
      const own = { agentId, connection };
      await leases.open(ctx, leaseOf(own));
      held.set(connection.id, own);
      return async () => {
        held.delete(connection.id);
        if (stopped) return;
        // A renewal in flight would restore the lease.
        await renewing;
        await leases.end(ctx, [leaseOf(own)]);
      };
    },
    renew,
    stop: () => {
      stopped = true;
      clearInterval(timer);
    },
  };
}
