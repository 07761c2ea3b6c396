import type { Static } from 'typebox';
import type { Act, Card } from '#server/common/enums/demo-payments.ts';
import type { DemoFaults, DemoPayment } from '../schema.ts';

/** How the stand-in's events reach the service. */
export type Faults = Static<typeof DemoFaults>;
export type SeenPayment = Static<typeof DemoPayment>;

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
