import type { Static } from 'typebox';
import type { DemoFaults, DemoPayment } from '../schema.ts';

/** How the stand-in's events reach the service. */
export type Faults = Static<typeof DemoFaults>;
export type SeenPayment = Static<typeof DemoPayment>;

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

/** A stand-in for Stripe on loopback, with the part of its API that the service uses. */
export interface StandIn {
  url: string;
  /** Latest first. */
  payments(): SeenPayment[];
  /** Pays on the page of a session. Returns where the browser goes; null: the card was declined, or the page has ended. */
  pay(sessionId: string, card: Card): string | null;
  /** Returns whether there was anything to do. */
  act(sessionId: string, act: Act): boolean;
  faults: Faults;
  /** Sends the events that are held back. */
  sendKept(): void;
  /** Resolves when no event is being sent. */
  settled(): Promise<void>;
  close(): Promise<void>;
}
