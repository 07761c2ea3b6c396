import type { Db } from '#db/client.ts';
import { companyIdOf } from '#server/companies/service.ts';
import type { Owner } from '#server/ledger/service.ts';

/** Returns whose credit and deposits a buyer uses: their company's, else their own. */
export const ownerOf = async (db: Db, buyerId: string): Promise<Owner> =>
  ownerOfTopUp({ buyerId, companyId: await companyIdOf(db, buyerId) });

/** Returns to whom a top-up belongs: what was for a company stays its own when its buyer leaves. */
export const ownerOfTopUp = ({ buyerId, companyId }: { buyerId: string; companyId: string | null }): Owner =>
  companyId === null ? { type: 'buyer', id: buyerId } : { type: 'company', id: companyId };
