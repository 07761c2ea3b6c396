import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Context } from '#server/context.ts';
import { keepDay, rateFrom } from '#server/rates/service.ts';

const file = join(import.meta.dirname, '../../db/seed/catalog/rates.csv');
const dayMs = 86_400_000;

/**
 * Keeps the demo's rates as those of the newest working day, unless real ones are fetched. Their source says that they
 * are a file of the demo.
 */
export async function keepDemoRates(ctx: Pick<Context, 'db' | 'clock' | 'log' | 'config'>): Promise<void> {
  if (ctx.config.ratesUrl !== undefined) return;
  const rows: Record<string, string>[] = parse(await readFile(file, 'utf8'), { columns: true });
  const rates = new Map<string, string>();
  for (const { source, base, currency = '', rate = '' } of rows) {
    if (base !== 'EUR' || source !== rows[0]?.['source'])
      throw new Error(`${file}: rates are units per euro, of one source`);
    rates.set(currency, rateFrom(rate, file));
  }
  await keepDay(ctx, { source: rows[0]?.['source'] ?? '', date: workingDay(ctx.clock.now()), rates });
}

/** Returns today, or the Friday before a weekend, in UTC. */
function workingDay(now: Date): string {
  const sinceFriday = Math.max(0, ((now.getUTCDay() + 6) % 7) - 4);
  return new Date(now.getTime() - sinceFriday * dayMs).toISOString().slice(0, 10);
}
