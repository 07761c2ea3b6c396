import { isSupported, type Money } from '#server/common/money.ts';
import { isTimeZone } from '#server/common/zones.ts';
import type { Viewer } from '#server/platform/auth/seeing.ts';
import type { FieldError } from '#server/platform/errors.ts';
import { titleOf } from './refusals.ts';
import type { Role } from './schema.ts';

const dayMs = 86_400_000;
const invitationDays = 14;

export const invitationEnd = (at: Date): Date => new Date(at.getTime() + invitationDays * dayMs);

/** Who may decide about what colleagues ask for. */
export const approverRoles: readonly Role[] = ['admin', 'approver'];

/**
 * Returns whether somebody may act on what a buyer made, which they see: it is their own, or they decide for their
 * colleagues. That is to decide about quotes, write to partners, end links, complain, cancel. Everybody may read it.
 */
export const mayActFor = ({ buyerId, member }: Viewer, ownerId: string): boolean =>
  buyerId === ownerId || (member !== null && approverRoles.includes(member.role));

interface InvitationFacts {
  acceptedAt: Date | null;
  withdrawnAt: Date | null;
  expiresAt: Date;
}

export function invitationState(
  { acceptedAt, withdrawnAt, expiresAt }: InvitationFacts,
  now: Date,
): 'open' | 'expired' | 'withdrawn' | 'accepted' {
  if (acceptedAt) return 'accepted';
  if (withdrawnAt) return 'withdrawn';
  return expiresAt <= now ? 'expired' : 'open';
}

/** Returns what is wrong with limits, at their fields. */
export function limitErrors(given: {
  limits?: Money[] | undefined;
  monthlyLimits?: Money[] | undefined;
}): FieldError[] {
  return Object.entries(given).flatMap(([field, list = []]) =>
    list.flatMap(({ currency }, index) => {
      const path = `${field}.${index}.currency`;
      if (!isSupported(currency))
        return [{ path, code: 'limit_currency', message: titleOf('limit_currency') }];
      const isRepeated = list.findIndex((other) => other.currency === currency) < index;
      return isRepeated ? [{ path, code: 'limit_repeated', message: titleOf('limit_repeated') }] : [];
    }),
  );
}

export const zoneErrors = (timeZone: string | undefined): FieldError[] =>
  timeZone === undefined || isTimeZone(timeZone)
    ? []
    : [{ path: 'timeZone', code: 'format', message: 'is not the name of a time zone' }];
