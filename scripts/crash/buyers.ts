import { randomUUID } from 'node:crypto';
import type { Random } from '../../db/seed/random.ts';
import type { Catalogue } from './catalogue.ts';

/** An answer's status and content; null when the connection ended without one. */
export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export interface Browser {
  ask(base: string, method: string, path: string, body?: object, key?: string): Promise<Answer | null>;
}

/** A request that a buyer sends, and what came of it. */
export interface AskedRequest {
  /** The round that it belongs to. */
  round: string;
  /** The buyer's address, which no other request has. */
  buyer: string;
  vendors: number;
  /** Everybody who has to get a mail if it is stored. */
  recipients: string[];
  browser: Browser;
  body: object;
  key: string;
  /** Each 201. */
  answers: { id: string; number: string }[];
  /** Attempts without an answer, or with one that doesn't say whether it was stored (5xx). */
  unanswered: number;
}

export interface Buyers {
  asked: AskedRequest[];
  /** Prepares a solution that asks one to twenty vendors. Returns null if the process or the database is away. */
  prepare(base: string, round: string): Promise<AskedRequest | null>;
  /** Sends once. Returns whether it was answered with 201. Throws at an answer that isn't expected. */
  send(request: AskedRequest, base: string): Promise<boolean>;
}

export function createBrowser(origin: string): Browser {
  const cookies = new Map<string, string>();
  return {
    async ask(base, method, path, body, key) {
      try {
        const response = await fetch(base + path, {
          method,
          headers: {
            origin,
            cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
            ...(body ? { 'content-type': 'application/json' } : {}),
            ...(key ? { 'idempotency-key': key } : {}),
          },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        const text = await response.text();
        for (const line of response.headers.getSetCookie()) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          if (name !== undefined && value !== undefined) cookies.set(name, value);
        }
        const isJson = response.headers.get('content-type')?.includes('json');
        return { status: response.status, body: (isJson ? JSON.parse(text) : {}) as Answer['body'] };
      } catch {
        return null;
      }
    },
  };
}

export function createBuyers(origin: string, catalogue: Catalogue, random: Random): Buyers {
  const asked: AskedRequest[] = [];
  return {
    asked,
    async prepare(base, round) {
      const browser = createBrowser(origin);
      const offers = random.shuffle(catalogue.offers).slice(0, random.between(1, catalogue.offers.length));
      const line = { productId: catalogue.productId, quantity: 1, offerIds: offers.map(({ id }) => id) };
      const added = await browser.ask(base, 'POST', '/api/solutions/current/lines', line);
      const solution = isDone(added) && (await browser.ask(base, 'GET', '/api/solutions/current'));
      if (!solution || !isDone(solution)) return null;
      const buyer = `buyer-${asked.length + 1}@buyers.example`;
      const request: AskedRequest = {
        ...{ round, buyer, browser, vendors: offers.length, key: randomUUID(), answers: [], unanswered: 0 },
        recipients: [buyer, ...offers.flatMap(({ recipients }) => recipients)],
        body: { solutionId: solution.body.id, kind: 'quote', contact: { name: 'Buyer', email: buyer } },
      };
      asked.push(request);
      return request;
    },
    async send(request, base) {
      const answer = await request.browser.ask(base, 'POST', '/api/requests', request.body, request.key);
      if (answer?.status === 201) {
        const { id, number } = answer.body;
        request.answers.push({ id: String(id), number: String(number) });
        return true;
      }
      isDone(answer);
      request.unanswered += 1;
      return false;
    },
  };
}

/** Returns false for what may be repeated. Throws at a refusal. */
function isDone(answer: Answer | null): boolean {
  if (answer === null || answer.status >= 500) return false;
  if (answer.status < 300) return true;
  throw new Error(`a buyer was refused: ${JSON.stringify(answer)}`);
}
