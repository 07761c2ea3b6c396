import { randomBytes } from 'node:crypto';
import type { Config } from '#server/platform/config.ts';
import { ownOrigin } from './own-origin.ts';
import type { StandIn } from './stripe/port.ts';
import { startStandIn } from './stripe/stand-in.ts';

/** Starts the stand-in for Stripe with a generated account, unless an account is configured. */
export async function startCards(config: Config): Promise<StandIn | null> {
  if (config.stripe) return null;
  const secret = () => randomBytes(16).toString('hex');
  const account = { secretKey: `sk_test_${secret()}`, webhookSecret: `whsec_${secret()}` };
  const { publicUrl } = config;
  // The public URL may lead through a proxy, or nowhere.
  const standIn = await startStandIn({ ...account, publicUrl, origin: () => ownOrigin(config) });
  config.stripe = { ...account, baseUrl: standIn.url };
  return standIn;
}
