import { endingCompany, type PersonalData, pseudonymOf } from '#server/platform/personal.ts';
import { copyOfInvitations, forgetInvitationsTo } from './invitations/queries.ts';
import * as queries from './queries.ts';
import { withdrawAll } from './invitations/service.ts';
import { leave } from './service.ts';

export const personal: PersonalData = {
  tables: {
    ...{ company_members: 'erased', company_limits: 'erased', company_stand_ins: 'erased' },
    company_invitations: 'pseudonym',
  },
  async copy(db, { buyerId, emails }) {
    const member = await queries.findMember(db, buyerId);
    const company = member && (await queries.findCompany(db, member.companyId));
    const limits = await queries.limitsOf(db, { buyerId });
    const invitations = await copyOfInvitations(db, emails);
    return {
      company: member && { name: company?.name, role: member.role, joinedAt: member.joinedAt },
      limits: limits.map(({ period, currency, amount }) => ({ period, currency, amount })),
      invitations,
    };
  },
  async obstacles(db, { buyerId }) {
    return (await queries.isNeededAdmin(db, buyerId)) ? [{ code: 'last_admin' }] : [];
  },
  async erase(tx, person, at, notifying) {
    const { buyerId, emails, member } = person;
    if (member && notifying) await leave(tx, notifying, { buyerId, member }, at);
    else if (member) await queries.dropMember(tx, buyerId);
    const companyId = endingCompany(person);
    if (companyId !== null) await withdrawAll(tx, companyId, `buyer:${buyerId}`, at);
    await forgetInvitationsTo(tx, emails, pseudonymOf(person).email, at);
  },
};
