import type { Context } from '#server/context.ts';
import type { WithCookies } from '#server/platform/auth/sessions.ts';
import { findUndoByToken } from './addresses/service.ts';
import { asksPassword } from './registering/service.ts';
import { findResetByToken } from './resetting/service.ts';
import type { LinkCheck, LinkCheckBody } from './schema.ts';

type Check = (ctx: Context, token: string, visit: WithCookies) => Promise<LinkCheck>;

const checks: Record<LinkCheckBody['kind'], Check> = {
  verification: async (ctx, token, visit) => ({ asksPassword: await asksPassword(ctx, token, visit) }),
  password_reset: async (ctx, token) => {
    await findResetByToken(ctx, token);
    return { asksPassword: false };
  },
  email_change_undo: async (ctx, token) => {
    await findUndoByToken(ctx, token);
    return { asksPassword: false };
  },
};

/**
 * Returns what the link of a mail asks for. Changes nothing, because mail scanners open links. Refuses `link_not_valid`
 * for one that was used, replaced or is too old.
 */
export const checkLink = (
  ctx: Context,
  { kind, token }: LinkCheckBody,
  visit: WithCookies,
): Promise<LinkCheck> => checks[kind](ctx, token, visit);
