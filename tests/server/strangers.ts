import type { Context } from '#server/context.ts';
import { features } from '#server/features.ts';
import { scopes } from '#server/platform/feature.ts';
import { type App, createHttp } from '#server/platform/http.ts';
import type { Client, TestService } from '../harness.ts';
import type { World } from '../world.ts';
import type { Operation } from './operations.ts';
import { loggedIn, logIn } from './presence/staff.ts';

/** Returns who tries the operations of the owner, besides the owner. */
export async function strangersTo(service: TestService, world: World): Promise<Record<string, Client>> {
  const { sever } = world.vendors;
  const account = (role: 'buyer' | 'manager' | 'staff') => ({
    ...{ email: `${role}@walk.example`, name: role, role, locale: 'en', agentId: null },
    vendorId: role === 'manager' ? Number(sever) : null,
  });
  const anotherBrowser = service.visitor();
  await anotherBrowser.get('/api/solutions/current');
  return {
    guest: service.visitor(),
    'another browser': anotherBrowser,
    'another buyer': await logIn(service, account('buyer')),
    manager: await logIn(service, account('manager')),
    staff: await logIn(service, account('staff')),
    'agent of another vendor': await loggedIn(service, world, 'katrin'),
    agent: await loggedIn(service, world, 'milan'),
  };
}

/** What an operation about the own account answers without a login and with one. */
export const ofAccounts: Readonly<Record<string, { guest: number; loggedIn: number }>> = {
  verifyAddress: { guest: 404, loggedIn: 404 },
  resetPassword: { guest: 404, loggedIn: 404 },
  undoEmailChange: { guest: 404, loggedIn: 404 },
  changeEmail: { guest: 401, loggedIn: 401 },
  getMe: { guest: 401, loggedIn: 200 },
  changePassword: { guest: 401, loggedIn: 401 },
  updateProfile: { guest: 401, loggedIn: 200 },
  listSessions: { guest: 401, loggedIn: 200 },
  endSession: { guest: 401, loggedIn: 404 },
  endOtherSessions: { guest: 401, loggedIn: 204 },
};

/** Returns the statuses an operation may answer somebody who owns nothing of what it is about. */
export function statusesFor({ id, scope, own, login, path }: Operation, who: string): number[] | 'admitted' {
  const isAgent = who.startsWith('agent');
  if (id === 'login') return [401, 429];
  const isNobody = ['guest', 'another browser'].includes(who);
  const ofAccount = ofAccounts[id];
  if (ofAccount) return [isNobody ? ofAccount.guest : ofAccount.loggedIn];
  if (login && isNobody) return [401];
  if (login && who !== 'another buyer') return [403];
  if (scope === 'buyer' && own) return [404];
  if (scope === 'staff') return isNobody ? [401] : who === 'staff' ? 'admitted' : [403];
  if (scope !== 'agent') return 'admitted';
  if (isNobody) return [401];
  if (!isAgent) return [403];
  const isAboutOne = /\/(?:calls|call-backs)\/[^/]+\//.test(path);
  return who !== 'agent' && isAboutOne ? [404] : 'admitted';
}

/** Returns the token of a link that was mailed to an address. */
export function tokenIn({ mail }: TestService, address: string, page: 'e' | 'f'): string {
  const link = mail
    .to(address)
    .flatMap(({ links }) => links)
    .find((url) => url.includes(`/${page}/`));
  return link?.split('/').at(-1) ?? '';
}

/** Leaves out the server's time, which differs between two answers. */
export function withoutNow(body: unknown): unknown {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return body;
  const fields = Object.entries(body).filter(([name]) => name !== 'serverNow');
  return Object.fromEntries(fields.map(([name, value]) => [name, withoutNow(value)]));
}

/** Collects the scope in which the features register each operation. */
export async function registeredScopes(ctx: Context): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const scope of scopes) {
    const app = await createHttp({ logLevel: 'silent' });
    app.addHook('onRoute', ({ method, schema }) => {
      const { operationId, hide } = (schema ?? {}) as { operationId?: string; hide?: boolean };
      if (method !== 'HEAD' && !hide) found[operationId ?? ''] = scope;
    });
    for (const { routes } of features) {
      const add = routes?.[scope];
      if (add) await app.register(async (own) => add(own as App, ctx));
    }
    await app.close();
  }
  return found;
}
