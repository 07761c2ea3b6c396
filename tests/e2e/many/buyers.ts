import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { createClient } from '../../harness.ts';

/** Buyers who send one request after the other. */
export interface Buyers {
  /** The acknowledged requests. */
  sent: { id: string; solution: string }[];
  /** How what was not done was answered. */
  refused: Set<number>;
  /** Waits until some more requests are acknowledged. */
  more(): Promise<void>;
  end(): Promise<void>;
}

/** Lets buyers send a product, each request again until it is acknowledged. */
export function letBuy(url: string, productId: string): Buyers {
  const sent: { id: string; solution: string }[] = [];
  const refused = new Set<number>();
  let isOver = false;
  async function untilDone<T>(ask: () => Promise<{ status: number; body: T }>): Promise<T> {
    for (;;) {
      const { status, body } = await ask();
      if (status < 300) return body;
      refused.add(status);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  async function buy(number: number): Promise<void> {
    while (!isOver) {
      const browser = createClient(url, url);
      const line = { productId, quantity: 1 };
      await untilDone(() => browser.post('/api/solutions/current/lines', line));
      const { id } = await untilDone(() => browser.get<{ id: string }>('/api/solutions/current'));
      const contact = { name: `Buyer ${number}`, email: `buyer-${number}@buyer.example` };
      const key = { 'idempotency-key': randomUUID() };
      const request = { solutionId: id, kind: 'quote', contact };
      const answer = await untilDone(() => browser.post<{ id: string }>('/api/requests', request, key));
      sent.push({ id: answer.id, solution: id });
    }
  }
  const buying = [1, 2, 3, 4].map(buy);
  return {
    sent,
    refused,
    async more() {
      const before = sent.length;
      await expect.poll(() => sent.length, { timeout: 120_000 }).toBeGreaterThan(before + 8);
    },
    async end() {
      isOver = true;
      await Promise.all(buying);
    },
  };
}
