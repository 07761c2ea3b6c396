import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Event } from './books.ts';
import type { Faults } from './port.ts';

/** Sends events to the service, signed as Stripe signs them. */
export interface Sender {
  faults: Faults;
  send(event: Event): void;
  sendKept(): void;
  settled(): Promise<void>;
  close(): void;
}

export interface Target {
  /** Where the service listens, and the public URL that it knows itself by. */
  origin: () => string;
  publicUrl: string;
  webhookSecret: string;
}

const lateMs = 30_000;
/** Stripe repeats for days; here somebody watches. */
const retryMs = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000];

export function createSender(target: Target): Sender {
  const faults: Faults = { events: 'prompt', isDown: false };
  const running = new Set<Promise<void>>();
  const closing = new AbortController();
  let kept: Event[] = [];

  const begin = (event: Event) => {
    const sending = deliver(event).catch(() => undefined);
    running.add(sending);
    void sending.finally(() => running.delete(sending));
  };

  async function deliver(event: Event): Promise<void> {
    for (const pause of retryMs) {
      if (await post(target, event)) return;
      await sleep(pause, undefined, { signal: closing.signal, ref: false });
    }
  }

  function sendKept(): void {
    const due = faults.events === 'reversed' ? kept.toReversed() : kept;
    kept = [];
    due.forEach(begin);
  }

  return {
    faults,
    send(event) {
      if (faults.events === 'never') return;
      if (faults.events === 'late' || faults.events === 'reversed') {
        kept.push(event);
        setTimeout(sendKept, lateMs).unref();
        return;
      }
      begin(event);
      if (faults.events === 'twice') begin(event);
    },
    sendKept,
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
    close: () => closing.abort(),
  };
}

/** Returns whether the service took the event. */
async function post({ origin, publicUrl, webhookSecret }: Target, event: Event): Promise<boolean> {
  const { default: Client } = await import('stripe');
  const payload = JSON.stringify(event);
  const signature = Client.webhooks.generateTestHeaderString({ payload, secret: webhookSecret });
  return new Promise((resolve) => {
    const outgoing = httpRequest(new URL('/webhooks/stripe', origin()), {
      method: 'POST',
      agent: false,
      timeout: 10_000,
      headers: {
        host: new URL(publicUrl).host,
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(payload),
        'stripe-signature': signature,
      },
    });
    outgoing.on('response', (incoming) => {
      incoming.resume();
      resolve(incoming.statusCode !== undefined && incoming.statusCode < 300);
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('took too long')));
    outgoing.on('error', () => resolve(false));
    outgoing.end(payload);
  });
}
