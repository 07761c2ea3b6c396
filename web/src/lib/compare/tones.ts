import type { ShownStatus } from './standing.ts';

const good: readonly string[] = ['answered', 'confirmed', 'accepted', 'partly_accepted'];
const over: readonly string[] = ['declined', 'lost', 'rejected'];

/** Returns the class of the colour in which an enquiry's state is written. */
export const toneOf = (status: ShownStatus): 'ok' | 'muted' | 'warn' =>
  good.includes(status) ? 'ok' : over.includes(status) ? 'muted' : 'warn';
