import { randomUUID } from 'node:crypto';
import type { Client } from '../../harness.ts';
import { addAgent } from '../calls/call-records.ts';
import { codeAt, withAuthenticator } from '../accounts/authenticator.ts';
import { add, Device, startAdding, startUsing } from '../accounts/passkey-device.ts';
import { tokensTo } from '../accounts/registrants.ts';
import { colleague, founder } from '../companies/colleagues.ts';
import type { Call } from '../operations.ts';
import { logIn } from '../presence/staff.ts';
import { password } from './callers.ts';
import { newColleague, type Setting } from './things.ts';

/** A call and who makes it, where that isn't the caller itself. */
export interface Prepared {
  call: Call;
  by?: Client;
}

const post = (path: string, body: unknown): Call => ({ method: 'POST', path, body });
const put = (path: string, body: unknown): Call => ({ method: 'PUT', path, body });
const newPassword = 'forest rain under bridges';

/** Returns somebody new with the caller's role, in a browser of their own, whose account nothing else uses. */
async function another(of: Setting): Promise<{ browser: Client; email: string }> {
  const { service, world, caller } = of;
  const { who } = caller;
  const email = `${randomUUID()}@another.example`;
  const of_ = { email, name: 'Another', locale: 'en', agentId: null, vendorId: null };
  if (who === 'buyer' || who === 'staff')
    return { email, browser: await logIn(service, { ...of_, role: who }) };
  const vendorId = Number(world.vendors.sever);
  if (who === 'manager') return { email, browser: await logIn(service, { ...of_, role: who, vendorId }) };
  if (who !== 'agent') return newColleague(of, who);
  const phone = `+3816${Math.floor(10_000_000 + Math.random() * 89_999_999)}`;
  const agentId = await addAgent(service.ctx.db, world, { name: 'Another', phone, email });
  return { email, browser: await logIn(service, { ...of_, role: who, vendorId, agentId }) };
}

const by = async (of: Setting, call: Call): Promise<Prepared> => ({ call, by: (await another(of)).browser });

/** Returns the token of the one mail of that page to an address. */
async function mailed({ service }: Setting, email: string, page: string): Promise<string> {
  const [token] = await tokensTo(service, email, page);
  if (!token) throw new Error(`no link of ${page} to ${email}`);
  return token;
}

async function resetToken(of: Setting): Promise<string> {
  const { email } = await another({ ...of, caller: { ...of.caller, who: 'buyer' } });
  await of.service.visitor().post('/api/account/password-resets', { email });
  return mailed(of, email, 'reset');
}

async function undoToken(of: Setting): Promise<string> {
  const { browser, email: from } = await another({ ...of, caller: { ...of.caller, who: 'buyer' } });
  const to = `${randomUUID()}@changed.example`;
  await browser.post('/api/account/email-changes', { email: to, password });
  await browser.post('/api/account/verifications', { token: await mailed(of, to, 'verify') });
  return mailed(of, from, 'undo');
}

/** Logging in and out takes from the browser what it has as a guest; the walk needs that later. */
const forgetGuest = (browser: Client): boolean => browser.cookies.delete('sid');

/** Lets the caller's browser log in by password alone, to an account that wants a code too. */
async function firstStep(of: Setting, browser: Client): Promise<string> {
  const person = await another({ ...of, caller: { ...of.caller, who: 'buyer' } });
  const { recoveryCodes } = await withAuthenticator(of.service, person.browser);
  forgetGuest(browser);
  await browser.post('/api/account/login', { email: person.email, password });
  return recoveryCodes[0] ?? '';
}

/** Returns somebody new with the caller's role who has a passkey, its id and the device that holds it. */
async function withPasskey(of: Setting) {
  const { browser, email } = await another(of);
  const device = new Device();
  const { body } = await add(browser, device.create(await startAdding(browser, password)));
  return { browser, email, device, id: body.id as string };
}

/** As `firstStep`, to an account with a passkey. */
async function firstStepTo(of: Setting, browser: Client): Promise<Device> {
  const { email, device } = await withPasskey({ ...of, caller: { ...of.caller, who: 'buyer' } });
  forgetGuest(browser);
  await browser.post('/api/account/login', { email, password });
  return device;
}

/** Lets another company invite somebody new with the caller's role. */
async function invited(of: Setting): Promise<{ path: string; by: Client }> {
  const { browser, email } = await another(of);
  const inviting = await founder(of.service);
  const { id } = (await inviting.browser.post('/api/company/people', { email })).body;
  return { path: `/api/account/invitations/${id}`, by: browser };
}

/** How operations of accounts are called so that they succeed: with passwords, codes and links of mails. */
export const accountCalls: Readonly<Record<string, (of: Setting, browser: Client) => Promise<Prepared>>> = {
  async login(of, browser) {
    forgetGuest(browser);
    const { email } = await another({ ...of, caller: { ...of.caller, who: 'buyer' } });
    return { call: post('/api/account/login', { email, password }) };
  },
  async verifyAddress(of, browser) {
    const email = `${randomUUID()}@verify.example`;
    const typed = { name: 'New', email, password: newPassword };
    forgetGuest(browser);
    await browser.post('/api/account/registrations', typed);
    return {
      call: post('/api/account/verifications', {
        ...{ token: await mailed(of, email, 'verify'), password: newPassword },
      }),
    };
  },
  checkAccountLink: async (of) => ({
    call: post('/api/account/link-checks', { kind: 'password_reset', token: await resetToken(of) }),
  }),
  resetPassword: async (of) => ({
    call: put(`/api/account/password-resets/${await resetToken(of)}`, { password: newPassword }),
  }),
  undoEmailChange: async (of) => ({
    call: post('/api/account/email-change-undos', { token: await undoToken(of) }),
  }),
  async logout(_, browser) {
    forgetGuest(browser);
    return { call: post('/api/account/logout', {}) };
  },
  changePassword: (of) => by(of, put('/api/account/password', { current: password, password: newPassword })),
  changeEmail: (of) =>
    by(of, post('/api/account/email-changes', { email: `${randomUUID()}@new.example`, password })),
  async endSession(_, browser) {
    const { items } = (await browser.get('/api/account/sessions')).body;
    return { call: { method: 'DELETE', path: `/api/account/sessions/${items[0].id}` } };
  },
  eraseAccount: (of) => by(of, { method: 'DELETE', path: '/api/account/me', body: { password } }),
  startTwoFactor: (of) => by(of, post('/api/account/two-factor', undefined)),
  async confirmTwoFactor(of) {
    const { browser } = await another(of);
    const { secret } = (await browser.post('/api/account/two-factor')).body;
    const code = codeAt(secret, of.service.clock.now());
    return { call: put('/api/account/two-factor', { code }), by: browser };
  },
  async endTwoFactor(of) {
    const { browser } = await another(of);
    await withAuthenticator(of.service, browser);
    return { call: { method: 'DELETE', path: '/api/account/two-factor', body: { password } }, by: browser };
  },
  async renewRecoveryCodes(of) {
    const { browser } = await another(of);
    await withAuthenticator(of.service, browser);
    return { call: post('/api/account/two-factor/recovery-codes', { password }), by: browser };
  },
  async getSecondStep(of, browser) {
    await firstStep(of, browser);
    return { call: { method: 'GET', path: '/api/account/second-step' } };
  },
  async finishLogin(of, browser) {
    const code = await firstStep(of, browser);
    return { call: post('/api/account/second-step', { code }) };
  },
  startPasskey: (of) => by(of, post('/api/account/passkey-challenges', { password })),
  async addPasskey(of) {
    const { browser } = await another(of);
    const credential = new Device().create(await startAdding(browser, password));
    return { call: post('/api/account/passkeys', { name: 'Key', credential }), by: browser };
  },
  async renamePasskey(of) {
    const { browser, id } = await withPasskey(of);
    const call = { method: 'PATCH', path: `/api/account/passkeys/${id}`, body: { name: 'New' } };
    return { call, by: browser };
  },
  async removePasskey(of) {
    const { browser, id } = await withPasskey(of);
    return {
      call: { method: 'DELETE', path: `/api/account/passkeys/${id}`, body: { password } },
      by: browser,
    };
  },
  async startPasskeyLogin(of, browser) {
    await firstStepTo(of, browser);
    return { call: post('/api/account/second-step/passkey-challenges', undefined) };
  },
  async finishLoginWithPasskey(of, browser) {
    const device = await firstStepTo(of, browser);
    const credential = device.get(await startUsing(browser));
    return { call: post('/api/account/second-step/passkey', { credential }) };
  },
  async resetSecondFactorOf(of) {
    const { browser } = await withPasskey({ ...of, caller: { ...of.caller, who: 'buyer' } });
    const { id } = (await browser.get('/api/account/me')).body;
    return { call: post(`/api/staff/people/${id}/second-factor-reset`, { reason: 'Lost phone' }) };
  },
  createCompany: (of) => by(of, post('/api/company', { name: 'A' })),
  inviteColleague: async () => ({
    call: post('/api/company/people', { email: `${randomUUID()}@invited.example` }),
  }),
  async acceptInvitation(of) {
    const { path, by: invitee } = await invited(of);
    return { call: post(`${path}/acceptance`, undefined), by: invitee };
  },
  async declineInvitation(of) {
    const { path, by: invitee } = await invited(of);
    return { call: { method: 'DELETE', path }, by: invitee };
  },
  // An admin removes somebody; others leave.
  async removeColleague(of) {
    const isAdmin = of.caller.who === 'admin';
    const { browser, id } = isAdmin
      ? await colleague(of.service, of.admin)
      : await newColleague(of, of.caller.who);
    const call = { method: 'DELETE', path: `/api/company/people/${id}` };
    return isAdmin ? { call } : { call, by: browser };
  },
};
