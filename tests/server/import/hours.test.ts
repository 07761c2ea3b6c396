import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { start, type TestService } from '../../harness.ts';
import { aRecord, importFiles } from './catalog-files.ts';

let service: TestService;
beforeAll(async () => {
  service = await start();
});
afterAll(() => service.end());

/** Imports Ana with these hours, or without the column; returns the refusals. */
async function importHours(hours?: string): Promise<string[]> {
  const columns = hours === undefined ? '' : ',hours';
  const { refusals } = await importFiles(service, {
    vendors: ['agency,Agency'],
    agentColumns: `vendor,name,email,kind,responsibilities${columns}`,
    agents: [`agency,Ana,ana@agency.example,sales,Tools${hours === undefined ? '' : `,${hours}`}`],
    products: [aRecord({ vendor: 'agency', sku: 'A-1' })],
  });
  return refusals.map(({ row, reason }) => `${row}: ${reason}`);
}

async function storedHours(): Promise<string[]> {
  const rows = await service.ctx.sql<{ day: string }[]>`
    select weekday || ' ' || left(opens::text, 5) || '-' || left(closes::text, 5) as day
    from agent_hours order by weekday`;
  return rows.map(({ day }) => day);
}

describe("agents' hours of an import", () => {
  test("an agent's hours are those of the last file that states them", async () => {
    expect(await importHours('1-2 08:00-16:00; 5 07:30-24:00')).toEqual([]);
    expect(await storedHours()).toEqual(['1 08:00-16:00', '2 08:00-16:00', '5 07:30-24:00']);
    expect(await importHours()).toEqual([]);
    expect(await importHours('')).toEqual([]);
    expect(await storedHours()).toHaveLength(3);
    expect(await importHours('2 09:00-17:00')).toEqual([]);
    expect(await storedHours()).toEqual(['2 09:00-17:00']);
  });

  test.each([
    ['8 08:00-16:00', 'hours "8 08:00-16:00" are not like "1-5 08:00-16:00"'],
    ['5-1 08:00-16:00', 'hours "5-1 08:00-16:00" are not like "1-5 08:00-16:00"'],
    ['1 16:00-08:00', 'hours "1 16:00-08:00" are not like "1-5 08:00-16:00"'],
    ['1 08:00-24:30', 'hours "1 08:00-24:30" are not like "1-5 08:00-16:00"'],
    ['1-5 08:00-16:00; ', 'hours "" are not like "1-5 08:00-16:00"'],
    ['1-5 08:00-12:00; 5 13:00-16:00', 'hours "1-5 08:00-12:00; 5 13:00-16:00" name a day twice'],
  ])('hours are refused as %s together with their row', async (hours, reason) => {
    const before = await storedHours();
    expect(await importHours(hours)).toEqual([`2: ${reason}`]);
    expect(await storedHours()).toEqual(before);
  });
});
