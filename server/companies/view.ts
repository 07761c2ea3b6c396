import { formatCredit } from '#server/common/credits.ts';
import { fromDatabase, type Money } from '#server/common/money.ts';
import type { InvitationRow } from './invitations/queries.ts';
import type { CompanyRow, LimitRow, MemberRow, StandInRow } from './queries.ts';
import { invitationState } from './rules.ts';
import type { Company, Invitation } from './schema.ts';

interface CompanyRows {
  company: CompanyRow;
  members: readonly MemberRow[];
  limits: readonly LimitRow[];
  standIns: readonly StandInRow[];
  invitations: readonly InvitationRow[];
}

/** Returns a company for one of its people. */
export function companyView(
  { company, members, limits, standIns, invitations }: CompanyRows,
  viewer: string,
  now: Date,
): Company {
  const own = members.find(({ buyerId }) => buyerId === viewer);
  const byBuyer = new Map(members.map((member) => [member.buyerId, member]));
  const standInOf = (buyerId: string) => {
    const row = standIns.find(({ approverId }) => approverId === buyerId);
    const person = row && byBuyer.get(row.standInId);
    return row && person
      ? { id: person.accountId, name: person.name, from: row.fromDay, until: row.untilDay }
      : null;
  };
  return {
    ...{ id: company.id, name: company.name, timeZone: company.timeZone, role: own?.role ?? 'requester' },
    people: members.map((member) => ({
      ...{ id: member.accountId, name: member.name, email: member.email, role: member.role },
      limits: limitsIn(limits, member.buyerId, 'request'),
      monthlyLimits: limitsIn(limits, member.buyerId, 'month'),
      monthlyCredits: member.monthlyCredits === null ? null : formatCredit(member.monthlyCredits),
      standIn: standInOf(member.buyerId),
      joinedAt: member.joinedAt.toISOString(),
      isYou: member.buyerId === viewer,
    })),
    invitations: own?.role === 'admin' ? invitations.map((row) => invitationView(row, now)) : [],
  };
}

const limitsIn = (limits: readonly LimitRow[], buyerId: string, period: LimitRow['period']): Money[] =>
  limits
    .filter((row) => row.buyerId === buyerId && row.period === period)
    .map(({ amount, currency }) => fromDatabase(amount, currency)!);

/** Returns an invitation for the company's admins. */
export function invitationView({ invitation, mail, sentAt }: InvitationRow, now: Date): Invitation {
  const { id, email, role, limits, expiresAt } = invitation;
  return {
    ...{ id, email, role, monthlyCredits: null, ...limits, mail },
    state: invitationState(invitation, now),
    sentAt: sentAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
