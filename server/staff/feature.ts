import type { Feature } from '#server/platform/feature.ts';
import { refusals } from './refusals.ts';
import { staffRoutes } from './routes.ts';

export const staff = {
  name: 'staff',
  docs: {
    findPeople: {
      summary: 'People by a part of their address',
      description: 'The look is one row of the audit log, with the ids of who was shown.',
      parameters: { q: 'A part of the address' },
    },
    getPerson: { summary: 'A person, their live sessions and whether logins are throttled' },
    unlockPerson: { summary: 'Let a person log in again after too many wrong passwords' },
    endSessionsOf: { summary: 'End all sessions of a person' },
    resetSecondFactorOf: {
      summary: 'Remove the lost second factor of a person',
      description:
        'Removes the authenticator app, passkeys and recovery codes, ends all sessions and mails the person. The reason is kept in the audit log, which is never erased. Refused for one’s own account.',
    },
    listDeliveries: {
      summary: 'Mails with their state, latest first',
      parameters: {
        state: 'Only those that did not go out, or only those that did',
        q: 'A part of the address',
      },
    },
    resendDelivery: {
      summary: 'Send a mail once more',
      description: 'Under its own Message-ID, also to an address that a mail server refused for good.',
    },
  },
  routes: { staff: staffRoutes },
  refusals,
} satisfies Feature;
