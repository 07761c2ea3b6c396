import type { companyRoles } from '#server/common/enums/companies.ts';
import { defineEvent } from '#server/platform/events.ts';
import { defineHook } from '#server/platform/hooks.ts';
import { defineJob } from '#server/platform/jobs.ts';
import { defineMail } from '#server/platform/mailing/template.ts';

type Role = (typeof companyRoles)[number];

const defineCompanyEvent = <P extends object>(name: string) => defineEvent<P>(name, 'company');

export const companyCreated = defineCompanyEvent<{ name: string }>('company.created');
export const companyChanged = defineCompanyEvent<{ name?: string; timeZone?: string }>('company.changed');
export const colleagueInvited = defineCompanyEvent<{ invitationId: string; role: Role; version: number }>(
  'company.invited',
);
export const invitationWithdrawn = defineCompanyEvent<{ invitationId: string; by: 'company' | 'invited' }>(
  'company.invitation_withdrawn',
);
/** `buyerId`: the person, as below. */
export const memberJoined = defineCompanyEvent<{ buyerId: string; role: Role }>('company.joined');
export const memberChanged = defineCompanyEvent<{ buyerId: string; changes: Record<string, unknown> }>(
  'company.member_changed',
);
export const memberLeft = defineCompanyEvent<{ buyerId: string }>('company.left');
export const standInNamed = defineCompanyEvent<{
  buyerId: string;
  standIn: { buyerId: string; from: string; until: string } | null;
}>('company.stand_in');

/** Carries the link to an invitation. Its subject is the invitation. */
export const invitationMail = defineMail<{ version: number }>('company-invitation', 'invitation');

/** A person whose access to a company has ended. */
export interface Departure {
  companyId: string;
  buyerId: string;
  at: Date;
}

/** Lets features hand over what a person had in a company, in the transaction that ends their access. */
export const memberGone = defineHook<Departure>('companies.member-gone');

/** Lets features tell new approvers of a company what waits. */
export const approversChanged = defineJob<{ companyId: string }>('approvers-changed');
