import { listTotalOf, ratesOn } from '#server/rates/service.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { format, parse } from '#server/common/money.ts';
import type { LineOffer, Solution, SolutionLine } from '#server/solutions/schema.ts';
import { maxLines } from '#server/solutions/schema.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';

const { service, world } = await startWithWorld();

const current = '/api/solutions/current';
const read = async (buyer: Client, query = ''): Promise<Solution> => {
  const { status, body } = await buyer.get<Solution>(`${current}${query}`);
  expect(status).toBe(200);
  return body;
};

/**
 * Returns a buyer with so many lines of all products, in quantities and with vendors that differ from line to line.
 */
async function buyerWithLines(count: number): Promise<Client> {
  const buyer = service.visitor();
  const { id } = await read(buyer);
  await service.ctx.sql`
    with product as (select id, row_number() over (order by id) as nth, count(*) over () as total from products),
    added as (
      insert into solution_lines (solution_id, product_id, position, quantity, note)
      select ${id}, product.id, n, 1 + (n * 37) % 400, 'line ' || n
      from generate_series(1, ${count}::int) n join product on product.nth = 1 + n % product.total
      returning id, product_id, position)
    insert into solution_line_offers (line_id, offer_id)
    select added.id, o.id from added join offers o on o.product_id = added.product_id
    where (added.position + o.id) % 3 <> 0`;
  return buyer;
}

async function readAllLines(buyer: Client): Promise<SolutionLine[]> {
  const { linesTotal } = await read(buyer);
  const pages = Array.from({ length: Math.ceil(linesTotal / 100) }, (_, index) => index + 1);
  return (await Promise.all(pages.map((page) => read(buyer, `?page=${page}`)))).flatMap(({ lines }) => lines);
}

describe('a solution of 5,000 lines', () => {
  let buyer: Client;
  beforeAll(async () => {
    buyer = await buyerWithLines(maxLines);
  });

  test('a long solution is read in pages, in the order of its lines', async () => {
    const [first, last] = [await read(buyer), await read(buyer, '?page=50')];
    expect([first.linesTotal, last.linesTotal]).toEqual([maxLines, maxLines]);
    const lines = await readAllLines(buyer);
    expect(lines.map(({ position }) => position)).toEqual(lines.map((_, index) => index + 1));
    expect(lines).toHaveLength(maxLines);
    expect(lines.slice(0, 100)).toEqual(first.lines);
    expect(lines.slice(-100)).toEqual(last.lines);
    expect((await read(buyer, '?page=2&perPage=7')).lines).toEqual(lines.slice(7, 14));
  });

  test('every page has the same sums, and a page beyond the last has no lines', async () => {
    const sums = ({ lines: _, problems: __, split, ...rest }: Solution) => ({
      ...rest,
      split: split.map(({ lines: ___, ...part }) => part),
    });
    const first = await read(buyer);
    const beyond = await read(buyer, '?page=51');
    expect(sums(await read(buyer, '?page=17&perPage=3'))).toEqual(sums(first));
    expect(sums(beyond)).toEqual(sums(first));
    expect([beyond.lines, beyond.problems]).toEqual([[], []]);
    expect(beyond.split.flatMap(({ lines }) => lines)).toEqual([]);
  });

  test('a page of a long solution takes as many statements and bytes as a short solution', async () => {
    const short = await buyerWithLines(100);
    const measure = async (client: Client) => {
      let bytes = 0;
      const statements = await service.countStatements(async () => {
        bytes = JSON.stringify(await read(client)).length;
      });
      return { statements, bytes };
    };
    const [page, whole] = [await measure(buyer), await measure(short)];
    expect(page.statements).toBe(whole.statements);
    // The sums have longer numbers.
    expect(page.bytes).toBeLessThan(whole.bytes + 200);
  });

  test('saving a line takes as many statements as in a short solution, and returns that line', async () => {
    const [listed] = (await read(buyer, '?page=30&perPage=1')).lines;
    // In the currency of the whole solution's sum, which one line doesn't read.
    const { about: _, ...line } = listed ?? { id: '', about: undefined };
    const short = await buyerWithLines(1);
    const [only] = (await read(short)).lines;
    const save = (client: Client, id = '') => client.patch(`${current}/lines/${id}`, { note: 'urgent' });
    const counted = async (client: Client, id?: string) => service.countStatements(() => save(client, id));
    expect(await counted(buyer, line.id)).toBe(await counted(short, only?.id));
    expect((await save(buyer, line.id)).body).toEqual({ ...line, note: 'urgent' });
  });
});

describe('the sums of a solution', () => {
  test('the sums are those of all lines, each priced by the rules for a line', async () => {
    const { sql } = service.ctx;
    const offer = world.offers.sensorWisla;
    const breaks = sql.json([
      [50, '0.005'],
      [200, '33.3335'],
    ]);
    // The króna has no minor unit: lines are rounded to whole ones.
    await sql`update offers set currency = 'ISK', price = 10.5, price_breaks = ${breaks} where id = ${offer}`;
    const buyer = await buyerWithLines(240);
    const lines = await readAllLines(buyer);
    const solution = await read(buyer);
    expect(solution.totals).toEqual(totalsOf(lines));
    expect(solution.split.map(({ lines: _, vendor, ...part }) => ({ vendor: vendor.name, ...part }))).toEqual(
      splitOf(lines),
    );
    // The króna has no rate here.
    const known = await ratesOn(service.ctx.db, '2025-11-21');
    const today = service.clock.now().toISOString().slice(0, 10);
    for (const wanted of [undefined, 'EUR', 'RSD', 'PLN', 'ISK', 'CHF']) {
      const { listTotal } = (await buyer.get<Solution>(`${current}${wanted ? `?currency=${wanted}` : ''}`))
        .body;
      const totals = lines.map((line) => asked(line).map(({ lineTotal }) => lineTotal));
      expect(listTotal).toEqual(listTotalOf(totals, known, { wanted, today }));
      expect(listTotal.lines).toBe(240);
    }
    expect(solution.comparedTotal).toBe(lines.filter((line) => asked(line).length > 1).length);
    expect(solution.blockedTotal).toBe(
      lines.filter(
        (line) =>
          asked(line).length === 0 || asked(line).some(({ reachable, sellable }) => !reachable || !sellable),
      ).length,
    );
    // Proves that the lines were varied enough.
    expect(solution.totals.map(({ low }) => low.currency).toSorted()).toEqual(['EUR', 'ISK', 'PLN', 'RSD']);
    expect(solution.blockedTotal).toBeGreaterThan(10);
    expect(solution.comparedTotal).toBeGreaterThan(10);
    expect(solution.split.some(({ onRequest }) => onRequest > 0)).toBe(true);
  });

  test('the sums leave removed lines out, and count them again once they are restored', async () => {
    const buyer = await buyerWithLines(20);
    const before = await read(buyer);
    const line = before.lines.find((one) => one.totals.length > 0);
    const path = `${current}/lines/${line?.id}`;
    await buyer.delete(path);
    const without = await read(buyer);
    expect(without).toMatchObject({ linesTotal: 19, totals: totalsOf(without.lines) });
    expect(without.totals).not.toEqual(before.totals);
    expect(without.removed).toMatchObject([{ lineId: line?.id, name: line?.product.name }]);
    await buyer.post(`${path}/restoration`);
    expect(await read(buyer)).toEqual({ ...before, updatedAt: expect.any(String) as string });
  });
});

test('an invalid page or page size is refused at its field', async () => {
  const buyer = service.visitor();
  for (const [query, path] of [
    ['?page=0', 'page'],
    ['?perPage=101', 'perPage'],
    ['?page=x', 'page'],
  ]) {
    const { status, body } = await buyer.get(`${current}${query}`);
    expect([status, body.errors?.[0]?.path]).toEqual([422, path]);
  }
});

const asked = (line: SolutionLine): LineOffer[] => line.offers.filter((offer) => offer.asked);

/** Returns the sum of each currency, in the order in which the currencies first occur. */
function sumsOf(amounts: (LineOffer['lineTotal'] | undefined)[]) {
  const sums = new Map<string, bigint>();
  for (const money of amounts)
    if (money) sums.set(money.currency, (sums.get(money.currency) ?? 0n) + parse(money.amount));
  return [...sums].map(([currency, sum]) => ({ amount: format(sum, currency), currency }));
}

function totalsOf(lines: readonly SolutionLine[]): Solution['totals'] {
  const lows = sumsOf(lines.flatMap((line) => line.totals.map(({ low }) => low)));
  const highs = sumsOf(lines.flatMap((line) => line.totals.map(({ high }) => high)));
  return lows.map((low, index) => ({ low, high: highs[index] ?? low }));
}

function splitOf(lines: readonly SolutionLine[]) {
  const byVendor = Map.groupBy(lines.flatMap(asked), ({ vendor }) => vendor.name);
  return [...byVendor].map(([vendor, offers]) => ({
    vendor,
    linesTotal: offers.length,
    subtotals: sumsOf(offers.map(({ lineTotal }) => lineTotal)),
    onRequest: offers.filter(({ lineTotal }) => lineTotal === null).length,
  }));
}
