import { automation } from './families/automation.ts';
import { chemicals } from './families/chemicals.ts';
import { electrical } from './families/electrical.ts';
import type { Family, Item } from './families/family.ts';
import { fasteners } from './families/fasteners.ts';
import { fluid } from './families/fluid.ts';
import { office } from './families/office.ts';
import { packaging } from './families/packaging.ts';
import { regional } from './families/regional.ts';
import { safety } from './families/safety.ts';
import { services } from './families/services.ts';
import { tools } from './families/tools.ts';
import { transmission } from './families/transmission.ts';
import { randomOf, type Random } from './random.ts';
import { slug } from './text.ts';

export const FAMILIES: Family[] = [
  ...fasteners,
  ...transmission,
  ...tools,
  ...fluid,
  ...electrical,
  ...automation,
  ...safety,
  ...packaging,
  ...chemicals,
  ...office,
  ...services,
  ...regional,
];
const WITHOUT_DESCRIPTION = 0.05;

export interface Product {
  key: string;
  item: Item;
  family: Family;
  description?: string;
  vendors: string[];
}

/** Returns a product's key. */
export const keyOf = (family: Family, item: Item): string => `${family.key}-${slug(item.code || item.name)}`;

/** Returns the catalogue's products in a fixed order, with their vendors. */
export function chooseProducts(): Product[] {
  return FAMILIES.flatMap((family) => {
    const random = randomOf(`products of ${family.key}`);
    const chosen = new Set(random.shuffle(family.items).slice(0, family.count));
    const items = family.items.filter((item) => chosen.has(item));
    const shared = new Set(random.shuffle(items).slice(0, Math.round(items.length * family.shared)));
    return items.map((item, index): Product => ({
      key: keyOf(family, item),
      item,
      family,
      ...(random.chance(WITHOUT_DESCRIPTION) ? {} : { description: item.description }),
      vendors: chooseVendors(family.vendors, shared.has(item), index, random),
    }));
  });
}

/** Returns one vendor in rotation, or two to four if the product is shared. */
function chooseVendors(vendors: string[], isShared: boolean, turn: number, random: Random): string[] {
  const first = vendors[turn % vendors.length]!;
  if (!isShared) return [first];
  const wanted = random.pick([1, 1, 1, 2, 2, 3]);
  const others = random.shuffle(vendors.filter((vendor) => vendor !== first)).slice(0, wanted);
  return [first, ...others];
}
