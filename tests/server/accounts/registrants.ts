import type { Client, TestService } from '../../harness.ts';

export const chosen = 'forest rain under bridges';

export interface Typed {
  name?: string;
  email: string;
  password?: string;
  locale?: string;
  company?: string;
}

export const register = (browser: Client, typed: Typed) =>
  browser.post('/api/account/registrations', { name: 'Mira Petrović', password: chosen, ...typed });

export const verify = (browser: Client, token: string, password?: string) =>
  browser.post('/api/account/verifications', { token, ...(password === undefined ? {} : { password }) });

export const login = (browser: Client, email: string, password = chosen) =>
  browser.post('/api/account/login', { email, password });

/** Sends the mails and returns the tokens of an address's links of that page, the oldest first. */
export async function tokensTo(service: TestService, email: string, page = 'verify'): Promise<string[]> {
  await service.drain();
  const prefix = `${service.config.publicUrl}/account/${page}/`;
  return service.mail
    .to(email)
    .flatMap(({ links }) => links)
    .filter((link) => link.startsWith(prefix))
    .map((link) => link.slice(prefix.length));
}

/** Returns a browser with a verified account of this address. */
export async function verified(service: TestService, email: string): Promise<Client> {
  const browser = service.visitor();
  await register(browser, { email });
  const token = (await tokensTo(service, email)).at(-1) ?? '';
  const { status } = await verify(browser, token);
  if (status !== 200) throw new Error(`${email} could not be verified: ${status}`);
  return browser;
}
