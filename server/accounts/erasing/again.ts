import * as buyers from '#server/buyers/service.ts';
import type { Forgetting } from '#server/platform/forgetting.ts';
import { isErased, type PersonalData } from '#server/platform/personal.ts';
import { accountOfBuyer, setPassword } from './queries.ts';
import { erasureKind, hashOfNoPassword, personOf } from './person.ts';

/**
 * Erases people again in a database that was restored to a time before. Whatever was open then has been closed since; others
 * have been notified.
 */
export const erasedAgain = (parts: readonly PersonalData[]): Forgetting => ({
  kind: erasureKind,
  async again(tx, buyerId) {
    const account = await accountOfBuyer(tx, buyerId);
    if (!account || isErased(account.email)) return;
    const passwordHash = await hashOfNoPassword();
    const person = await personOf(tx, { ...account, buyerId });
    const at = new Date();
    await buyers.markErased(tx, buyerId, at);
    for (const { erase } of parts) await erase?.(tx, person, at, null);
    await setPassword(tx, account.id, passwordHash);
  },
});
