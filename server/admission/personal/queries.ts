import { eq } from 'drizzle-orm';
import { phoneConsents } from '#db/tables/admission.ts';
import type { PersonalData } from '#server/platform/personal.ts';

export const personal: PersonalData = {
  // Numbers that opted out are hashed, and stay: the next owner of one isn't called either.
  tables: { phone_consents: 'erased', phone_opt_outs: 'kept' },
  async copy(db, { buyerId }) {
    const consents = await db
      .select({ at: phoneConsents.at })
      .from(phoneConsents)
      .where(eq(phoneConsents.buyerId, buyerId))
      .orderBy(phoneConsents.at);
    return { consentsToCalls: consents };
  },
  async erase(tx, { buyerId }) {
    await tx.delete(phoneConsents).where(eq(phoneConsents.buyerId, buyerId));
  },
};
