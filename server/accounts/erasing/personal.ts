import { deleteSessions, listAllSessions } from '#server/platform/auth/session-list.ts';
import { deleteKeys } from '#server/platform/idempotency.ts';
import { forgetMails, mailsTo } from '#server/platform/mailing/forgetting.ts';
import { type PersonalData, pseudonymOf } from '#server/platform/personal.ts';
import { addressesOf, removeAddresses } from '../addressbook/queries.ts';
import * as queries from './queries.ts';

/** The account itself but its password, its mails, and what the platform keeps of it. */
export const personal: PersonalData = {
  tables: {
    ...{
      accounts: 'pseudonym',
      account_sessions: 'erased',
      registrations: 'erased',
      password_resets: 'erased',
    },
    ...{
      email_changes: 'erased',
      delivery_addresses: 'erased',
      totp_factors: 'erased',
      passkeys: 'erased',
      passkey_challenges: 'erased',
      recovery_codes: 'erased',
      pending_logins: 'erased',
    },
    ...{ deliveries: 'pseudonym', mail_suppressions: 'erased', idempotency_keys: 'erased' },
    // They name nobody: ids of buyers, browsers and accounts.
    ...{ buyers: 'kept', visitors: 'kept', events: 'kept' },
  },
  async copy(db, { accountId, buyerId, emails }) {
    return {
      ...(await queries.copyOfAccount(db, accountId)),
      sessions: await listAllSessions(db, accountId),
      deliveryAddresses: (await addressesOf(db, buyerId)).map(({ name, place, country, isDefault }) => ({
        ...{ name, place, country, isDefault },
      })),
      mails: await mailsTo(db, emails),
    };
  },
  async erase(tx, person, at) {
    const { accountId, buyerId, emails } = person;
    const { name, email } = pseudonymOf(person);
    await deleteSessions(tx, accountId, undefined);
    await removeAddresses(tx, buyerId);
    await queries.deleteCredentials(tx, accountId, emails);
    for (const actor of [`buyer:${buyerId}`, `account:${accountId}`]) await deleteKeys(tx, actor);
    await forgetMails(tx, { emails }, email, at);
    await queries.nameErased(tx, accountId, { name, email });
  },
};
