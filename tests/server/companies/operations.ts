import { randomUUID } from 'node:crypto';
import type { TestService } from '../../harness.ts';
import type { Call } from '../operations.ts';
import { colleague, founder, type Person } from './colleagues.ts';

/** What a person has of a company, for others to try their hands on. */
export interface CompanyBelongings {
  /** The id of the person's own account, and of a colleague's. */
  person: string;
  colleague: string;
  /** An invitation by the company. */
  invitation: string;
  token: string;
  /** An invitation of the person by another company. */
  invited: string;
  approval: string;
}

/** Makes the company of a person, unless they are the admin of one, and what belongs to it. */
export async function makeCompany(service: TestService, admin: Person): Promise<CompanyBelongings> {
  const { browser, id, email } = admin;
  await browser.post('/api/company', { name: 'Morava Pack' });
  const invite = async ({ browser: by }: Person, address: string) =>
    (await by.post('/api/company/people', { email: address })).body.id as string;
  const address = `${randomUUID()}@morava.example`;
  const invitation = await invite(admin, address);
  await service.drain();
  return {
    person: id,
    colleague: (await colleague(service, admin)).id,
    invitation,
    token: service.mail.to(address)[0]?.links[0]?.split('/').at(-1) ?? '',
    invited: await invite(await founder(service), email),
    approval: randomUUID(),
  };
}

/** Returns what doesn't exist. */
export const noCompany = (): CompanyBelongings => ({
  ...{ person: randomUUID(), colleague: randomUUID(), invitation: randomUUID() },
  ...{ token: randomUUID(), invited: randomUUID(), approval: randomUUID() },
});

/** Returns a call of each operation about companies. */
export function companyCalls(of: CompanyBelongings): Record<string, Call> {
  const people = '/api/company/people';
  const invited = `/api/account/invitations/${of.invited}`;
  const standIn = `${people}/${of.person}/stand-in`;
  const approval = `/api/approvals/${of.approval}`;
  const get = (path: string): Call => ({ method: 'GET', path });
  const post = (path: string, body?: unknown): Call => ({ method: 'POST', path, body });
  const del = (path: string): Call => ({ method: 'DELETE', path });
  return {
    getCompany: get('/api/company'),
    updateCompany: { method: 'PATCH', path: '/api/company', body: { name: 'Morava' } },
    inviteColleague: post(people, { email: 'a@morava.example' }),
    withdrawInvitation: del(`/api/company/invitations/${of.invitation}`),
    updateColleague: { method: 'PATCH', path: `${people}/${of.person}`, body: {} },
    nameStandIn: {
      ...{ method: 'PUT', path: standIn },
      body: { id: of.colleague, from: '2199-01-01', until: '2199-01-02' },
    },
    endStandIn: del(standIn),
    removeColleague: del(`${people}/${of.person}`),
    listInvitations: get('/api/account/invitations'),
    acceptInvitation: post(`${invited}/acceptance`),
    declineInvitation: del(invited),
    getInvitation: get(`/api/invitations/${of.token}`),
    listApprovals: get('/api/approvals'),
    getApproval: get(approval),
    decideApproval: post(`${approval}/decision`, { decision: 'approve' }),
    withdrawApproval: post(`${approval}/withdrawal`),
    // Last, as it gives a company to whoever tries it.
    createCompany: post('/api/company', { name: 'A' }),
  };
}
