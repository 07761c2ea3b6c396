import type { Context } from '#server/context.ts';
import type { Scope } from '../feature.ts';
import type { App } from '../http.ts';
import { requireOwnOrigin } from './origin.ts';
import { limitReads } from './reads.ts';

type Guard = (app: App) => void;

/** The guards that each scope puts before its routes. */
export function createScopes({ config, clock }: Pick<Context, 'config' | 'clock'>): Record<Scope, Guard> {
  const limit = limitReads({ config, clock });
  const ownOrigin = requireOwnOrigin(config.publicUrl);
  const byLink: Guard = (app) => {
    app.addHook('onRequest', limit);
  };
  const byCookie: Guard = (app) => {
    app.addHook('onRequest', limit);
    app.addHook('onRequest', ownOrigin);
  };
  return {
    public: byCookie,
    buyer: byCookie,
    agent: byCookie,
    vendor: byCookie,
    staff: byCookie,
    // The link itself is the right, so it may be used from any origin.
    link: byLink,
    // Twilio signs its requests and sends as many as calls need.
    webhook: () => {},
    machine: byLink,
  };
}
