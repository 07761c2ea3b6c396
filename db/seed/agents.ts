import { ancestor, isWithin } from './categories.ts';
import type { Product } from './products.ts';
import { randomOf, type Random } from './random.ts';
import { byCodeUnit, parseCsv, slug, sourceText } from './text.ts';
import type { Vendor } from './vendors.ts';

export interface Agent {
  vendor: string;
  name: string;
  email: string;
  kind: 'sales' | 'support';
  /** ISO 639-1 codes separated by spaces, the native language first. */
  languages: string;
  phone: string;
  locale: string;
  /** Weekdays (1 is Monday) and times in the vendor's time zone, separated by ;. */
  hours: string;
  /** Category paths (with everything below them) and product keys, separated by |. */
  responsibilities: string;
}

/** Returns the agents in `source/agents.csv`, with responsibilities for their vendor's products. */
export function makeAgents(
  vendors: Vendor[],
  products: Product[],
  nextPhone: (country: string) => string,
): Agent[] {
  const rows = parseCsv(sourceText('agents.csv'));
  return vendors.flatMap((vendor) => {
    const offered = products.filter((product) => product.vendors.includes(vendor.id));
    const own = rows.filter((row) => row.vendor === vendor.id);
    const shares = shareOut(
      vendor,
      offered,
      own.map((row) => row.kind!),
    );
    return own.map((row, index): Agent => ({
      vendor: vendor.id,
      name: row.name!,
      email: `${row.mailbox || slug(row.name!, '.')}@${vendor.id}.example`,
      kind: row.kind === 'support' ? 'support' : 'sales',
      languages: row.languages!,
      phone: nextPhone(vendor.country),
      locale: vendor.locale,
      hours: hoursOf(vendor, row.name!, row.kind!),
      responsibilities: shares[index]!.join('|'),
    }));
  });
}

/** Returns the agents with other product keys in their responsibilities. */
export function answeringFor(agents: readonly Agent[], keys: ReadonlyMap<string, string>): Agent[] {
  return agents.map((agent) => {
    const places = agent.responsibilities.split('|').map((place) => keys.get(place) ?? place);
    return { ...agent, responsibilities: [...new Set(places)].join('|') };
  });
}

const officeHours = [
  '07:00-15:00',
  '08:00-16:00',
  '08:00-16:30',
  '08:30-17:00',
  '09:00-17:00',
  '10:00-18:00',
];
const shifts = ['06:00-14:00', '14:00-22:00', '08:00-16:00', '12:00-20:00'];

/** Returns office hours for sales, some shorter on Fridays or with Saturdays, and shifts for support. */
function hoursOf(vendor: Vendor, name: string, kind: string): string {
  const random = randomOf(`hours of ${name} at ${vendor.id}`);
  if (kind === 'support') return `1-5 ${random.pick(shifts)}`;
  const usual = random.pick(officeHours);
  if (random.chance(0.15)) return `1-3 ${usual}`;
  if (random.chance(0.2)) return `1-4 ${usual}; 5 ${usual.slice(0, 5)}-13:30`;
  return random.chance(0.15) ? `1-5 ${usual}; 6 09:00-13:00` : `1-5 ${usual}`;
}

/** Returns each agent's responsibilities, in the order of `kinds`. Sales agents together cover everything. */
function shareOut(vendor: Vendor, offered: Product[], kinds: string[]): string[][] {
  const random = randomOf(`responsibilities at ${vendor.id}`);
  const groups = [...new Set(offered.map((product) => ancestor(product.family.category, 3)))].sort(
    byCodeUnit,
  );
  const counts = { sales: 0, support: 0 };
  const total = {
    sales: kinds.filter((kind) => kind === 'sales').length,
    support: kinds.filter((kind) => kind === 'support').length,
  };
  return kinds.map((kind) => {
    const role = kind === 'support' ? 'support' : 'sales';
    const turn = counts[role]++;
    const own = slice(groups, turn, total[role]);
    // Some of the colleagues' groups, so that agents can stand in for each other.
    const others = groups.filter((group) => !own.includes(group) && random.chance(0.25));
    const mine =
      role === 'support' ? own.filter((_, index) => index === 0 || random.chance(0.75)) : [...own, ...others];
    return [...widen(mine, groups), ...specialities(offered, mine, random)];
  });
}

/** Returns the part of one of `total` agents. If there are fewer groups than agents, agents share one. */
function slice(groups: string[], turn: number, total: number): string[] {
  const from = Math.floor((turn * groups.length) / total);
  const to = Math.floor(((turn + 1) * groups.length) / total);
  return from < to ? groups.slice(from, to) : [groups[turn % groups.length]!];
}

/** Replaces an area's categories by the area if the agent has all of the vendor's categories there. */
function widen(mine: string[], groups: string[]): string[] {
  const widened = mine.map((group) => {
    const area = ancestor(group, 2);
    const siblings = groups.filter((other) => isWithin(other, area));
    return siblings.length > 1 && siblings.every((sibling) => mine.includes(sibling)) ? area : group;
  });
  return [...new Set(widened)].sort(byCodeUnit);
}

/** Returns single products from other categories, for some agents. */
function specialities(offered: Product[], mine: string[], random: Random): string[] {
  const outside = offered.filter(
    (product) => !mine.some((group) => isWithin(product.family.category, group)),
  );
  if (!random.chance(0.4)) return [];
  return random
    .shuffle(outside.map((product) => product.key))
    .slice(0, random.between(1, 3))
    .sort(byCodeUnit);
}
