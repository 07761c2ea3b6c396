import { randomUUID } from 'node:crypto';
import { addAccount } from '#server/accounts/service.ts';
import { sha256 } from '#server/platform/tokens.ts';
import type { Answer, Client, TestService } from '../../harness.ts';

const password = 'a long enough password';

export type Role = 'buyer' | 'manager' | 'staff';

/** Adds an account with an address of its own, which it returns. */
export async function addPerson(
  service: TestService,
  role: Role = 'buyer',
  vendorId?: string,
): Promise<string> {
  const email = `${role}-${randomUUID()}@people.example`;
  await addAccount(service.ctx.db, {
    ...{ email, password, role, name: 'Person', locale: 'en' },
    ...{ vendorId: vendorId === undefined ? null : Number(vendorId), agentId: null },
  });
  return email;
}

export async function logIn(browser: Client, email: string): Promise<Answer> {
  const answer = await browser.post('/api/account/login', { email, password });
  if (answer.status !== 200) throw new Error(`${email} can't log in: ${answer.status}`);
  return answer;
}

export async function logOut(browser: Client): Promise<void> {
  const { status } = await browser.post('/api/account/logout');
  if (status !== 204) throw new Error(`not logged out: ${status}`);
}

/** Returns a fresh browser in which that person has logged in. */
export async function loggedIn(service: TestService, email: string): Promise<Client> {
  const browser = service.visitor();
  await logIn(browser, email);
  return browser;
}

/** Returns the id of the guest buyer that the browser's cookie stands for. */
export async function guestOf(service: TestService, browser: Client): Promise<string> {
  const [visitor] = await service.ctx.sql<{ id: string }[]>`
    select buyer_id as id from visitors where token_hash = ${sha256(browser.cookies.get('sid') ?? '')}`;
  if (!visitor) throw new Error('the browser has started nothing');
  return visitor.id;
}

/**
 * Returns what a browser sees of solutions: the current one with its products, and the ids of those that have
 * lines.
 */
export async function solutionsIn(browser: Client) {
  const current = (await browser.get('/api/solutions/current')).body;
  const list = (await browser.get('/api/solutions')).body;
  return {
    id: current.id as string,
    products: current.lines.map((line: { product: { id: string } }) => line.product.id) as string[],
    filled: list.items
      .filter(({ lines }: { lines: number }) => lines > 0)
      .map(({ id }: { id: string }) => id) as string[],
    total: list.total as number,
  };
}

export async function requestsIn(browser: Client): Promise<string[]> {
  const { items } = (await browser.get<{ items: { id: string }[] }>('/api/requests')).body;
  return items.map(({ id }) => id);
}
