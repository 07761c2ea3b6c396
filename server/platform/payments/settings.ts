/** An account at Stripe, or at a server that answers like it. */
export interface StripeConfig {
  secretKey: string;
  /** Signs the events. */
  webhookSecret: string;
  /** The server to use instead of Stripe's. */
  baseUrl: string | undefined;
}

/** Returns undefined without STRIPE_SECRET_KEY: then nobody pays by card. Adds what is wrong to `problems`. */
export function readStripe(
  get: (name: string) => string | undefined,
  problems: string[],
): StripeConfig | undefined {
  const secretKey = get('STRIPE_SECRET_KEY');
  const webhookSecret = get('STRIPE_WEBHOOK_SECRET');
  const baseUrl = get('STRIPE_BASE_URL');
  if (baseUrl !== undefined && !/^https?:\/\/[^/]+\/?$/.test(baseUrl))
    problems.push('STRIPE_BASE_URL must be an origin, like https://api.stripe.com');
  if (!secretKey && !webhookSecret) return undefined;
  if (!secretKey || !webhookSecret) {
    problems.push('Card payments need both STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET');
    return undefined;
  }
  return { secretKey, webhookSecret, baseUrl };
}
