// What people do with the demo's stand-in for Stripe.

/** What a payer's card does. `later`: it confirms, and the money comes, or doesn't, when `settle` says so. */
export const cards = ['good', 'declined', 'later'] as const;
export type Card = (typeof cards)[number];

/** What can be done to a payment as its payer, its bank or the provider would. */
export const acts = [
  'expire',
  'settle',
  'bounce',
  'refund',
  'failRefunds',
  'dispute',
  'win',
  'lose',
] as const;
export type Act = (typeof acts)[number];
