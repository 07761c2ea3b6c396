import type { Context } from '#server/context.ts';
import * as leases from './leases.ts';
import { renewSeconds } from './rules.ts';

/** A connection, with the milliseconds since its browser last sent anything. */
interface LeaseConnection {
  id: string;
  silentMs(): number;
}

/** Renews the leases of all agents' pages that are connected to this process. */
export interface LeaseKeeper {
  /** Opens a lease for the connection; returns the function that ends it. */
  openLease(agentId: number, connection: LeaseConnection): Promise<() => Promise<void>>;
  renew(): Promise<void>;
  /** Stops renewing and ending leases, because the pages will reconnect to another process. */
  stop(): void;
}

export function createLeaseKeeper(ctx: Pick<Context, 'db' | 'clock' | 'log'>): LeaseKeeper {
  const connections = new Map<string, { agentId: number; connection: LeaseConnection }>();
  let renewing: Promise<void> = Promise.resolve();
  let stopped = false;

  const leaseOf = ({ agentId, connection }: { agentId: number; connection: LeaseConnection }) => ({
    connectionId: connection.id,
    agentId,
    silentSeconds: connection.silentMs() / 1000,
  });
  function renew(): Promise<void> {
    renewing = leases.renew(ctx, [...connections.values()].map(leaseOf)).catch((error: unknown) => {
      ctx.log.warn({ err: error }, 'leases not renewed, to be tried again');
    });
    return renewing;
  }
  const timer = setInterval(() => void renew(), renewSeconds * 1000);
  timer.unref();

  return {
    async openLease(agentId, connection) {
      const own = { agentId, connection };
      await leases.open(ctx, leaseOf(own));
      connections.set(connection.id, own);
      return async () => {
        connections.delete(connection.id);
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
