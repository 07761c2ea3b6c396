import type { PersonalData, Person } from '#server/platform/personal.ts';
import * as queries from './queries.ts';
import { eraseUploads } from './service.ts';

const ownersOf = ({ accountId, buyerId }: Person): string[] => [`buyer:${buyerId}`, `account:${accountId}`];

/** Files that hang on something stay with it, without their names. */
export const personal: PersonalData = {
  tables: { uploads: 'pseudonym' },
  copy: async (db, person) => ({ uploads: await queries.listOfOwners(db, ownersOf(person)) }),
  async erase(tx, person, at) {
    for (const owner of ownersOf(person)) await eraseUploads(tx, owner, at);
  },
};
