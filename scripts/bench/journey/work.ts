import { randomUUID } from 'node:crypto';
import type { Work } from '../measure.ts';
import { origin } from '../presence/targets.ts';

/** How much of a product each line asks for. */
export const quantity = 2;

/** Returns the kinds of work that are measured, on a service and products of the catalogue. */
export function worksOn(base: string, productIds: readonly string[]): Record<string, Work> {
  let turn = 0;
  const nextProduct = () => productIds[turn++ % productIds.length] ?? '';
  const addLine = (buyer: Buyer) =>
    buyer('POST', '/api/solutions/current/lines', { productId: nextProduct(), quantity });
  const lasting = createBuyer(base);
  return {
    'product detail': async () => {
      await lasting('GET', `/api/products/${nextProduct()}`);
    },
    'new solution, first line': async () => {
      await addLine(createBuyer(base));
    },
    'new, 3 lines, send': async () => {
      const buyer = createBuyer(base);
      for (let line = 0; line < 3; line += 1) await addLine(buyer);
      const { id } = await buyer('GET', '/api/solutions/current');
      const contact = { name: 'Bench', email: 'bench@quoteline.example' };
      await buyer('POST', '/api/requests', { solutionId: id, kind: 'quote', contact });
    },
  };
}

/** Sends as one browser. Throws unless the service answers with success. */
type Buyer = (method: string, path: string, body?: object) => Promise<{ id: string }>;

function createBuyer(base: string): Buyer {
  const cookies = new Map<string, string>();
  return async (method, path, body) => {
    const response = await fetch(base + path, {
      method,
      headers: {
        origin,
        'idempotency-key': randomUUID(),
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return JSON.parse(text) as { id: string };
  };
}
