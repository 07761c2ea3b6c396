/** An offer that competes for a line. `vendor` is its column's index. */
export interface Candidate {
  vendor: number;
  quoteId: string;
  currency: string;
  /** For the whole quantity, in 1/10000 of a unit: converted, or in its own currency if `converted` is false. */
  cost: bigint;
  converted: boolean;
  leadTimeDays: number | null;
}

export interface Row {
  lineId: string;
  candidates: readonly Candidate[];
}

export type Choice = Map<string, { vendor: number }>;

/** Up to this many vendors every subset is tried. */
const exactVendors = 12;

/** Compares for sorting. Costs in different currencies count as equal. */
function byCost(a: Candidate, b: Candidate): number {
  if (!sameScale(a, b) || a.cost === b.cost) return 0;
  return a.cost < b.cost ? -1 : 1;
}

function bySpeed(a: Candidate, b: Candidate): number {
  return (a.leadTimeDays ?? Infinity) === (b.leadTimeDays ?? Infinity)
    ? 0
    : (a.leadTimeDays ?? Infinity) - (b.leadTimeDays ?? Infinity);
}

function sameScale(a: Candidate, b: Candidate): boolean {
  return (a.converted && b.converted) || a.currency === b.currency;
}

/** Chooses per line the cheapest (then fastest) or the fastest (then cheapest). Skips lines that can't be ranked. */
export function choosePerRow(rows: readonly Row[], strategy: 'price' | 'speed'): Choice {
  const choice: Choice = new Map();
  for (const { lineId, candidates } of rows) {
    const [first] = candidates;
    if (!first) continue;
    if (strategy === 'price' && !candidates.every((candidate) => sameScale(candidate, first))) continue;
    choice.set(lineId, { vendor: best(candidates, strategy).vendor });
  }
  return choice;
}

/** Returns the best of a line's candidates (at least one); a full tie goes to the earlier column. */
function best(candidates: readonly Candidate[], strategy: 'price' | 'speed'): Candidate {
  const orders = strategy === 'price' ? [byCost, bySpeed] : [bySpeed, byCost];
  return candidates.reduce((leader, candidate) => {
    const decided = orders.map((order) => order(candidate, leader)).find((result) => result !== 0) ?? 0;
    return decided < 0 ? candidate : leader;
  });
}

/**
 * Applies the buyer's own picks: `<lineId>:<quoteId>` or `<position>:<column>` ("3:0" takes line 3 from the first
 * vendor). Ignores picks that can't be accepted.
 */
export function applyPicks(
  rows: readonly {
    lineId: string;
    position: number;
    offers: readonly { vendor: number; quoteId: string }[];
  }[],
  picks: readonly string[],
): Choice {
  const wantedOf = new Map(
    picks.map((pick) => pick.split(':')).map(([line = '', answer = '']) => [line, answer]),
  );
  return new Map(
    rows.flatMap((row) => {
      const wanted = wantedOf.get(row.lineId) ?? wantedOf.get(String(row.position));
      const offer = row.offers.find(({ quoteId, vendor }) => quoteId === wanted || String(vendor) === wanted);
      return offer ? [[row.lineId, { vendor: offer.vendor }] as const] : [];
    }),
  );
}

/**
 * Chooses every offered line from as few vendors as possible, the cheapest set if costs are comparable. Exact up to 12
 * vendors; beyond that greedy set cover.
 */
export function chooseFewest(rows: readonly Row[]): Choice {
  const covered = rows.filter((row) => row.candidates.length > 0);
  const vendors = [...new Set(covered.flatMap((row) => row.candidates.map((c) => c.vendor)))].sort(
    (a, b) => a - b,
  );
  const chosen = vendors.length <= exactVendors ? fewestExact(covered, vendors) : fewestGreedy(covered);
  return new Map(
    covered.map((row) => {
      const among = row.candidates.filter((candidate) => chosen.has(candidate.vendor));
      return [row.lineId, { vendor: best(among, 'price').vendor }];
    }),
  );
}

function fewestExact(rows: readonly Row[], vendors: readonly number[]): Set<number> {
  const bit = new Map(vendors.map((vendor, index) => [vendor, 1 << index]));
  const masks = new Set(
    rows.map((row) => row.candidates.reduce((mask, candidate) => mask | (bit.get(candidate.vendor) ?? 0), 0)),
  );
  let fewest: { size: number; sets: Set<number>[] } = { size: Infinity, sets: [] };
  for (let set = 0; set < 1 << vendors.length; set += 1) {
    const size = bitCount(set);
    if (size > fewest.size || ![...masks].every((mask) => (mask & set) !== 0)) continue;
    const members = new Set(vendors.filter((vendor) => (set & (bit.get(vendor) ?? 0)) !== 0));
    fewest = size < fewest.size ? { size, sets: [members] } : { size, sets: [...fewest.sets, members] };
  }
  return cheapest(rows, fewest.sets);
}

function bitCount(set: number): number {
  let bits = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) bits += 1;
  return bits;
}

/** Returns the cheapest set, or the first if costs can't be compared. */
function cheapest(rows: readonly Row[], sets: readonly Set<number>[]): Set<number> {
  const [first = new Set<number>(), ...others] = sets;
  const all = rows.flatMap((row) => row.candidates);
  if (others.length === 0 || !all.every((candidate) => all[0] && sameScale(candidate, all[0]))) return first;
  let leader = { set: first, cost: costOf(rows, first) };
  for (const set of others) {
    const cost = costOf(rows, set);
    if (cost < leader.cost) leader = { set, cost };
  }
  return leader.set;
}

function costOf(rows: readonly Row[], vendors: ReadonlySet<number>): bigint {
  return rows.reduce((all, row) => {
    const among = row.candidates.filter((candidate) => vendors.has(candidate.vendor));
    return among.length > 0 ? all + best(among, 'price').cost : all;
  }, 0n);
}

function fewestGreedy(rows: readonly Row[]): Set<number> {
  const chosen = new Set<number>();
  let open = rows;
  while (open.length > 0) {
    const gains = new Map<number, number>();
    for (const row of open) {
      for (const { vendor } of row.candidates) gains.set(vendor, (gains.get(vendor) ?? 0) + 1);
    }
    const most = Math.max(...gains.values());
    const sets = [...gains].filter(([, gain]) => gain === most).map(([vendor]) => new Set([vendor]));
    for (const vendor of cheapestOfSameGain(open, sets)) chosen.add(vendor);
    open = open.filter((row) => !row.candidates.some((candidate) => chosen.has(candidate.vendor)));
  }
  return chosen;
}

/** Returns the cheapest of vendors that cover equally many lines; ties go to the earlier column. */
function cheapestOfSameGain(rows: readonly Row[], sets: Set<number>[]): Set<number> {
  return cheapest(
    rows,
    sets.sort((a, b) => Math.min(...a) - Math.min(...b)),
  );
}
