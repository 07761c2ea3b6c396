import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '#server/context.ts';
import { loadFirstCatalog, peopleFile } from '#server/dev/load.ts';
import { demoPeople } from '#server/dev/people.ts';
import { knownNumbers } from '#server/dev/phones/known.ts';
import { makeAgentsAvailable } from '#server/dev/staffing.ts';
import { sweep } from '#server/presence/leases.ts';
import { start, type TestService } from '../../harness.ts';
import { aRecord, importFiles, writeCatalog } from '../import/catalog-files.ts';

let service: TestService;
beforeEach(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  service = await start();
});
afterEach(() => service.end());

async function count(table: 'offers' | 'accounts' | 'exchange_rates' | 'vendors'): Promise<number> {
  const [row] = await service.ctx.sql`select count(*)::int as count from ${service.ctx.sql(table)}`;
  return Number(row?.count);
}

/** Expects most agents to be callable without an open page, some of each vendor, and none twelve hours later. */
async function expectStaffed(): Promise<void> {
  await makeAgentsAvailable(service.ctx);
  const available = async () =>
    await service.ctx.sql<{ vendor_id: string }[]>`
      select a.vendor_id from agent_presence p join agents a on a.id = p.agent_id where p.status = 'available'`;
  const now = await available();
  const [{ all } = { all: 0 }] = await service.ctx.sql<
    { all: number }[]
  >`select count(*)::int as all from agents`;
  expect(now.length / all).toBeGreaterThan(0.5);
  expect(now.length / all).toBeLessThan(0.75);
  expect(new Set(now.map(({ vendor_id }) => vendor_id)).size).toBe(await count('vendors'));
  service.clock.advance(12 * 3_600_000 + 60_000);
  await sweep(service.ctx);
  expect(await available()).toEqual([]);
}

/** Expects a number of every agent of the demo, first those who can log in. */
async function expectNumbers(): Promise<void> {
  const people = await demoPeople(service.ctx.db, peopleFile);
  const known = await knownNumbers(service.ctx.db, people);
  expect(known.slice(0, 2)).toMatchObject([
    { name: 'Jana Horáková', kind: 'buyer', number: '+420200000991', shown: '+420 200 000 991' },
    { name: 'Nikola Jovanović', kind: 'buyer' },
  ]);
  expect(known.filter(({ hasLogin }) => hasLogin)).toEqual(known.slice(0, 8));
  expect(new Set(known.map(({ number }) => number)).size).toBe(known.length);
  expect(known.length).toBeGreaterThan(120);
  const milan = people.find(({ name }) => name === 'Milan Petrović');
  expect(known.find(({ agentId }) => agentId === milan?.agentId)).toMatchObject({ number: milan?.phone });
}

const withCatalog = (directory: string): Context => ({
  ...service.ctx,
  config: { ...service.config, catalogDir: directory },
});

describe('an empty database', () => {
  test('an empty database gets the demo catalogue once, even from two processes, with people who can log in', async () => {
    expect(await Promise.all([loadFirstCatalog(service.ctx), loadFirstCatalog(service.ctx)])).toEqual([
      true,
      true,
    ]);
    const offers = await count('offers');
    expect(offers).toBeGreaterThan(1_500);
    expect(await count('exchange_rates')).toBeGreaterThan(10);

    const people = await demoPeople(service.ctx.db, peopleFile);
    expect(await count('accounts')).toBe(people.length);
    expect(new Set(people.map(({ role }) => role))).toEqual(new Set(['staff', 'buyer', 'manager', 'agent']));
    for (const { email, password, role, vendorId, agentId } of people) {
      const answer = await service.visitor().post('/api/account/login', { email, password });
      expect(answer).toMatchObject({
        status: 200,
        body: { email, role, vendorId: vendorId ?? null, agentId: agentId ?? null },
      });
    }
    await expectStaffed();
    await expectNumbers();
    // A later start changes nothing, even in a changed catalogue.
    await service.ctx.sql`delete from offers where id = (select max(id) from offers)`;
    expect(await loadFirstCatalog(service.ctx)).toBe(true);
    expect(await count('offers')).toBe(offers - 1);
  }, 180_000);

  test('CATALOG replaces the demo catalogue, without demo people', async () => {
    const catalog = writeCatalog({ vendors: ['own,Own'], products: [aRecord({ vendor: 'own' })] });
    expect(await loadFirstCatalog(withCatalog(catalog.directory))).toBe(false);
    catalog.remove();
    expect(await count('offers')).toBe(1);
    expect(await count('accounts')).toBe(0);
    // The database is not empty now, so a later start ignores CATALOG.
    expect(await loadFirstCatalog(service.ctx)).toBe(false);
    expect(await count('offers')).toBe(1);
  });

  test('the database stays empty when CATALOG points nowhere', async () => {
    await expect(loadFirstCatalog(withCatalog('/nowhere'))).rejects.toThrow(
      'CATALOG: There is no vendors.csv',
    );
    expect(await loadFirstCatalog(service.ctx)).toBe(true);
  }, 180_000);
});

test('an interrupted load is finished by the next start', async () => {
  const catalog = writeCatalog({ vendors: ['own,Own'], products: [], gzip: true });
  const file = join(catalog.directory, 'products.jsonl.gz');
  const records = Array.from({ length: 3_000 }, (_, number) =>
    aRecord({ vendor: 'own', sku: `N-${number}` }),
  );
  const packed = gzipSync(records.map((record) => JSON.stringify(record)).join('\n'));
  writeFileSync(file, packed.subarray(0, packed.length / 2));
  await expect(loadFirstCatalog(withCatalog(catalog.directory))).rejects.toThrow('damaged');
  expect(await count('vendors')).toBe(1);

  writeFileSync(file, packed);
  // The load is finished even without the variable.
  expect(await loadFirstCatalog(service.ctx)).toBe(false);
  expect(await count('offers')).toBe(3_000);
  catalog.remove();
});

test('a database with a catalogue of its own is left alone', async () => {
  await importFiles(service, { vendors: ['own,Own'], products: [aRecord({ vendor: 'own' })] });
  expect(await loadFirstCatalog(service.ctx)).toBe(false);
  expect(await count('offers')).toBe(1);
  expect(await count('accounts')).toBe(0);
});
