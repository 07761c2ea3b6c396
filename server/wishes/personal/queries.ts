import { eq } from 'drizzle-orm';
import { products } from '#db/tables/catalog.ts';
import { wishes } from '#db/tables/wishes.ts';
import type { PersonalData } from '#server/platform/personal.ts';

export const personal: PersonalData = {
  tables: { wishes: 'erased' },
  async copy(db, { buyerId }) {
    const list = await db
      .select({ code: products.code, name: products.name, createdAt: wishes.createdAt })
      .from(wishes)
      .innerJoin(products, eq(products.id, wishes.productId))
      .where(eq(wishes.buyerId, buyerId))
      .orderBy(wishes.createdAt);
    return { wishes: list };
  },
  async erase(tx, { buyerId }) {
    await tx.delete(wishes).where(eq(wishes.buyerId, buyerId));
  },
};
