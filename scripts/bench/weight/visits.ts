import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext } from 'playwright-core';

/** A page of the demo and the visitor who may see it. */
export interface Visit {
  name: string;
  path: string;
  /** Cookies of the visitor; each visit has a new browser with an empty cache. */
  cookies: Cookies;
}

type Cookies = Parameters<BrowserContext['addCookies']>[0];
type Api = (method: 'GET' | 'POST', path: string, body?: object) => Promise<unknown>;
type Offer = { id: string; reachable: boolean };
type Mail = { links: string[] };

const buyer = { name: 'Weight', email: 'weight@buyer.example', company: 'Bench' };

/** Returns a visit for every kind of page; first makes a solution and a request, and logs an agent in. */
export async function prepareVisits(browser: Browser, url: string): Promise<Visit[]> {
  const guest = await visitor(browser, url);
  const product = await productOf(guest.api, '3');
  await addLine(guest.api, product);
  const solution = (await guest.api('GET', '/api/solutions/current')) as { id: string };
  const sending = { solutionId: solution.id, kind: 'quote', contact: buyer };
  const request = (await guest.api('POST', '/api/requests', sending)) as { id: string };
  await addLine(guest.api, product);
  const agent = await visitor(browser, url);
  await logIn(agent.api);

  const own = await guest.cookies();
  return [
    { name: 'home', path: '/', cookies: [] },
    { name: 'search', path: '/search?q=bearing', cookies: [] },
    { name: 'product', path: product.path, cookies: [] },
    { name: 'solution', path: '/solution', cookies: own },
    { name: 'review', path: '/solution/review', cookies: own },
    { name: 'request', path: `/requests/${request.id}`, cookies: own },
    { name: 'follow /f', path: await mailedPath(guest.api, '/f/'), cookies: [] },
    { name: 'answer /e', path: await mailedPath(guest.api, '/e/'), cookies: [] },
    { name: 'desk', path: '/agent', cookies: await agent.cookies() },
    { name: 'login', path: '/account/login', cookies: [] },
  ];
}

async function visitor(browser: Browser, url: string) {
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB' });
  const api: Api = async (method, path, body) => {
    const answer = await context.request.fetch(path, {
      method,
      headers: { origin: url, 'idempotency-key': randomUUID() },
      ...(body && { data: body }),
    });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  return { api, cookies: async (): Promise<Cookies> => (await context.storageState()).cookies };
}

async function productOf(api: Api, id: string) {
  const product = (await api('GET', `/api/products/${id}`)) as { slug: string; offers: Offer[] };
  const offer = product.offers.find(({ reachable }) => reachable);
  if (!offer) throw new Error(`nobody can be asked for product ${id}`);
  return { id, offerId: offer.id, path: `/p/${id}/${product.slug}` };
}

async function addLine(api: Api, product: { id: string; offerId: string }): Promise<void> {
  // A quantity that every pack size and minimum of the demo allows.
  await api('POST', '/api/solutions/current/lines', {
    productId: product.id,
    offerIds: [product.offerId],
    quantity: 1_000,
  });
}

async function logIn(api: Api): Promise<void> {
  const people = (await api('GET', '/dev/people.json')) as Record<'role' | 'email' | 'password', string>[];
  const agent = people.find(({ role }) => role === 'agent');
  await api('POST', '/api/account/login', { email: agent?.email, password: agent?.password });
}

/** Waits for a mail with a link whose path begins with `start` and returns that path. */
async function mailedPath(api: Api, start: string): Promise<string> {
  for (let tries = 0; tries < 900; tries++) {
    const mails = (await api('GET', '/dev/mail.json')) as Mail[];
    const paths = mails.flatMap(({ links }) => links).map((link) => new URL(link).pathname);
    const path = paths.find((one) => one.startsWith(start));
    if (path) return path;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no mail has a link to ${start}`);
}
