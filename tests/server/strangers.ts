import type { Row, Who } from '#server/platform/auth/access.ts';
import type { Client, TestService } from '../harness.ts';
import type { World } from '../world.ts';
import type { Call } from './operations.ts';
import { loggedIn, logIn } from './presence/staff.ts';

/** A call of an operation with the row that says who may make it. */
export interface Operation extends Call {
  id: string;
  row: Row;
}

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

/** Operations that take a token or a password, with what they answer a wrong one. */
const refusals: Readonly<Record<string, readonly number[]>> = {
  login: [401, 429],
  verifyAddress: [404],
  checkAccountLink: [404],
  resetPassword: [404],
  undoEmailChange: [404],
  changePassword: [401],
  changeEmail: [401],
  eraseAccount: [401],
  confirmTwoFactor: [409],
  endTwoFactor: [401],
  renewRecoveryCodes: [401],
  getSecondStep: [401],
  finishLogin: [401],
  startPasskeyLogin: [401],
  finishLoginWithPasskey: [401],
  startPasskey: [401],
  addPasskey: [422],
};

/** Returns the statuses an operation may answer somebody who owns nothing of what it is about. */
export function statusesFor({ id, row }: Operation, who: string): readonly number[] | 'admitted' {
  const role = roles[who]!;
  const whose = row.who[role];
  if (row.scope === 'link') return 'admitted';
  if (whose === undefined) return role === 'guest' ? [401] : [403];
  if (whose === 'vendor' && who === 'agent of another vendor') return [404];
  const isOwner = who === 'agent' && row.scope === 'agent';
  return refusals[id] ?? (whose === 'own' && !isOwner ? [404] : 'admitted');
}

const roles: Readonly<Record<string, Who>> = {
  guest: 'guest',
  'another browser': 'guest',
  'another buyer': 'buyer',
  manager: 'manager',
  staff: 'staff',
  'agent of another vendor': 'agent',
  agent: 'agent',
};

/** Returns the token of a link that was mailed to an address. */
export function tokenIn(
  { mail }: TestService,
  address: string,
  page: 'e' | 'f' | 'account/invitation',
): string {
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
