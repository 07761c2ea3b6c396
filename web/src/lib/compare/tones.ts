import type { Enquiry } from '#lib/api/schema.d.ts';

const good: readonly string[] = ['answered', 'confirmed', 'accepted', 'partly_accepted'];
const over: readonly string[] = ['declined', 'lost'];

/** Returns the class of the colour in which an enquiry's state is written. */
export const toneOf = (status: Enquiry['status']): 'ok' | 'muted' | 'warn' =>
  good.includes(status) ? 'ok' : over.includes(status) ? 'muted' : 'warn';
