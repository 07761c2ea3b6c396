import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { costOf } from '#server/common/credits.ts';
import type { CallSite } from './call-site.ts';
import { testKills } from './killing.ts';

testKills('calls that take credit', { isPaid: true }, expectChargedOnce);

interface Charged {
  outcome: string;
  seconds: number;
  talked: number | null;
  most: number;
  charge: string;
  hold: string;
  transactions: number;
}

/** Expects that each call was charged by its seconds, once or not at all, and that nothing stays held. */
async function expectChargedOnce({ db }: CallSite): Promise<void> {
  const charged = await db.execute<Charged & Record<string, unknown>>(sql`
    select c.outcome, m.seconds, c.talk_seconds as talked, c.max_seconds as most, m.charge, h.state as hold,
      (select count(*)::int from ledger_transactions t where t.subject_type = 'call' and t.subject_id = c.id) as transactions
    from calls c left join call_charges m on m.call_id = c.id left join ledger_holds h on h.id = m.hold_id`);
  expect(charged.length).toBeGreaterThan(0);
  for (const { outcome, seconds, talked, most, charge, hold, transactions } of charged) {
    const paid = outcome === 'completed' ? Math.min(talked ?? 0, most) : 0;
    expect({ seconds, charge: BigInt(charge), hold, transactions }, outcome).toEqual({
      ...{ seconds: paid, charge: costOf(paid, 100n) },
      ...{ hold: paid > 0 ? 'captured' : 'released', transactions: paid > 0 ? 1 : 0 },
    });
  }
  const [held] = await db.execute<{ held: string; sum: string }>(sql`
    select coalesce(sum(held), 0) as held, sum(posted) as sum from ledger_accounts where unit = 'credit'`);
  expect(held).toEqual({ held: '0', sum: '0' });
}
