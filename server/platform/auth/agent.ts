import type { FastifyRequest } from 'fastify';
import { refuse } from '../errors.ts';
import type { Account, Sessions } from './sessions.ts';

/** An agent who is logged in. */
export type AgentAccount = Account & { role: 'agent'; agentId: number; vendorId: number };

export function isAgent(account: Account): account is AgentAccount {
  return account.role === 'agent' && account.agentId !== null && account.vendorId !== null;
}

/** The agent who calls. Nobody logged in: 401 `login_required`; somebody who is no agent: 403 `forbidden`. */
export async function requireAgent(sessions: Sessions, request: FastifyRequest): Promise<AgentAccount> {
  const account = await sessions.find(request);
  if (!account) throw refuse('login_required');
  if (!isAgent(account)) throw refuse('forbidden');
  return account;
}
