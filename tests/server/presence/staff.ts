import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import * as accounts from '#server/accounts/service.ts';
import * as presence from '#server/presence/service.ts';
import type { Client, TestService } from '../../harness.ts';
import type { World } from '../../world.ts';

const password = 'a long enough password';

export type AgentName = 'milan' | 'ivana' | 'katrin' | 'agnieszka';

/** Returns the id of an agent of the cast. */
export async function agentId(db: Db, world: World, name: AgentName): Promise<number> {
  const [row] = await db.execute<{ id: string }>(
    sql`select id::text from agents where email = ${world.mail[name]}`,
  );
  return Number(row?.id);
}

/** Returns a browser in which that agent has logged in. */
export async function loggedIn(service: TestService, world: World, name: AgentName): Promise<Client> {
  const { db } = service.ctx;
  const [row] = await db.execute<{ id: string; vendor: string }>(
    sql`select id::text, vendor_id::text as vendor from agents where email = ${world.mail[name]}`,
  );
  return logIn(service, {
    email: world.mail[name],
    name,
    role: 'agent',
    locale: 'en',
    vendorId: Number(row?.vendor),
    agentId: Number(row?.id),
  });
}

/** Adds the account unless it exists; returns a browser in which it has logged in. */
export async function logIn(
  service: TestService,
  account: Omit<Parameters<typeof accounts.addAccount>[1], 'password'>,
): Promise<Client> {
  await accounts.addAccount(service.ctx.db, { ...account, password });
  const browser = service.visitor();
  const answer = await browser.post('/api/account/login', { email: account.email, password });
  if (answer.status !== 200) throw new Error(`${account.email} can't log in: ${answer.status}`);
  return browser;
}

/** Returns the status that everybody is shown of an agent. */
export async function statusOf(service: TestService, id: number): Promise<string> {
  const [state] = await presence.statesOf(service.ctx.db, [id], service.clock.now());
  if (!state) throw new Error(`no agent ${id}`);
  return state.status;
}
