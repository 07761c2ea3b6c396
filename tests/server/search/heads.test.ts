import { expect, test } from 'vitest';
import { postgresEngine } from '#server/search/postgres.ts';
import { parseSearch } from '#server/search/rules.ts';
import { startWithWorld } from '../../world.ts';
import { engineOf, filledIndex } from './filled-index.ts';
import { shelve, type Ware } from './shelf.ts';

/* What a product is stands at the beginning of its name, in both engines. */

const kinds = ['NPN NO', 'PNP NC', 'PNP NO'];
const named = (names: string[]): Ware[] =>
  names.map((name, at) => ({ name, code: `${name[0]}${at}-${name.length}` }));
const wares = [
  ...named(kinds.map((kind) => `Inductive sensor M8, 2 mm flush, ${kind}, M12 plug`)),
  ...named(kinds.map((kind) => `Inductive sensor M12, 4 mm flush, ${kind}, M12 plug`)),
  ...named(kinds.map((kind) => `Inductive sensor (M18), ${kind}; M12 plug`)),
  ...named(['Sensor tester (M12)', 'Sensors, M12']),
  ...named(Array.from({ length: 300 }, (_, at) => `Pen, blue ${at}`)),
  ...named(Array.from({ length: 30 }, (_, at) => `Blue pen of a longer name ${at}`)),
];

const { service } = await startWithWorld();
await shelve(service.ctx.db, wares);
const engines = {
  PostgreSQL: postgresEngine(service.ctx.db, service.clock),
  memory: engineOf(await filledIndex(service.ctx.db)),
};

test.each(Object.entries(engines))(
  '%s lists what is so at the beginning of its name first',
  async (_, engine) => {
    const find = async (q: string, page = 1, perPage = 50) => {
      const { ids } = await engine.find(parseSearch({ q, sort: 'relevance', page, perPage }));
      const rows = await service.ctx.sql<{ id: string; name: string }[]>`
      select id::text, name from products where id = any (${ids}::bigint[])`;
      const names = new Map(rows.map(({ id, name }) => [id, name]));
      return ids.map((id) => names.get(String(id)));
    };
    const heads = (names: (string | undefined)[]) => names.map((name) => name?.split(/,| \(/)[0]);
    const m12 = 'Inductive sensor M12';
    expect(heads(await find('M12 sensor')).slice(0, 4)).toEqual([m12, m12, m12, m12]);
    expect(heads(await find('sens m12 induct')).slice(0, 4)).toEqual([m12, m12, m12, m12]);
    expect(await find('sens m12 induct')).toHaveLength(10);

    // Those that are so come first also where the shortest names that are looked at first aren't, and no page repeats one.
    const pages = await Promise.all([1, 2, 3, 4].map((page) => find('blue pen', page, 100)));
    expect(pages.map(({ length }) => length)).toEqual([100, 100, 100, 30]);
    expect(new Set(pages.flat()).size).toBe(330);
    expect(
      pages
        .flat()
        .slice(0, 30)
        .every((name) => name?.startsWith('Blue pen')),
    ).toBe(true);
    expect(pages.flat()[30]).toBe('Pen, blue 0');
  },
);

test('both engines list the same products in the same order', async () => {
  for (const q of ['M12 sensor', 'sens m12', 'm12', 'blue pen', 'pen blue 1', 'inductive', 'sensor (M12)']) {
    const wanted = parseSearch({ q, sort: 'relevance', page: 1, perPage: 100 });
    const [one, other] = [await engines.PostgreSQL.find(wanted), await engines.memory.find(wanted)];
    expect(one.ids.map(String), q).toEqual(other.ids.map(String));
  }
});

test('both engines compare as many products with the shortest names where more match', async () => {
  const few = parseSearch({ q: 'blue pen', sort: 'relevance', page: 1, perPage: 20 }, 20);
  const [one, other] = [await engines.PostgreSQL.find(few), await engines.memory.find(few)];
  expect(one.ids.map(String)).toEqual(other.ids.map(String));
});
