import type { Company } from '#server/companies/schema.ts';
import type { Client, TestService } from '../../harness.ts';
import { addPerson, loggedIn } from '../buyers/people.ts';

/** A person of a company in a browser of their own. */
export interface Person {
  browser: Client;
  email: string;
  /** The id of their account. */
  id: string;
}

/** Returns a person with an account who belongs to no company. */
export async function person(service: TestService): Promise<Person> {
  const email = await addPerson(service);
  const browser = await loggedIn(service, email);
  return { browser, email, id: (await browser.get('/api/account/me')).body.id };
}

/** Returns a person who has made a company. */
export async function founder(service: TestService, name = 'Morava Pack'): Promise<Person> {
  const admin = await person(service);
  const { status } = await admin.browser.post('/api/company', { name });
  if (status !== 201) throw new Error(`the company was not made: ${status}`);
  return admin;
}

/** Lets a person join the company of an admin. */
export async function join(
  admin: Person,
  joining: Person,
  more: Record<string, unknown> = {},
): Promise<Person> {
  const invited = await admin.browser.post('/api/company/people', { email: joining.email, ...more });
  if (invited.status !== 201) throw new Error(`not invited: ${JSON.stringify(invited.body)}`);
  const accepted = await joining.browser.post(`/api/account/invitations/${invited.body.id}/acceptance`);
  if (accepted.status !== 200) throw new Error(`not joined: ${JSON.stringify(accepted.body)}`);
  return joining;
}

/** Returns somebody new in the company of an admin. */
export const colleague = async (
  service: TestService,
  admin: Person,
  more: Record<string, unknown> = {},
): Promise<Person> => join(admin, await person(service), more);

export const companyOf = async ({ browser }: Person) => (await browser.get<Company>('/api/company')).body;

/** A company with an admin, an approver and a requester. */
export async function threeColleagues(
  service: TestService,
  limits: Record<string, unknown> = {},
): Promise<{ admin: Person; approver: Person; requester: Person }> {
  const admin = await founder(service);
  return {
    admin,
    approver: await colleague(service, admin, { role: 'approver' }),
    requester: await colleague(service, admin, { role: 'requester', ...limits }),
  };
}
