import type { Responsibility, ImportedAgent } from '#server/vendors/service.ts';
import { readCsv, valueOf } from './csv.ts';
import { readHours } from './hours.ts';
import { type RefusedRow, RowRefused } from './refusal.ts';
import { cleanLine } from './text.ts';
import { isEmail } from './vendors.ts';

/** A row of agents.csv. */
export interface AgentRow extends ImportedAgent {
  line: number;
  /** Category paths and product keys. */
  responsibilities: string[];
}

/** Reads agents.csv. An agent is identified by vendor and e-mail address. */
export async function readAgents(
  file: string,
  vendors: ReadonlyMap<string, { id: number }>,
  onRefused: (refused: RefusedRow) => void,
): Promise<AgentRow[]> {
  const agents = new Map<string, AgentRow>();
  await readCsv(file, ['vendor', 'name', 'email', 'kind'], onRefused, (row, line) => {
    const vendor = vendors.get(valueOf(row, 'vendor') ?? '');
    if (!vendor) throw new RowRefused(`vendor "${valueOf(row, 'vendor') ?? ''}" is not in vendors.csv`);
    const email = (valueOf(row, 'email') ?? '').toLowerCase();
    if (!isEmail(email)) throw new RowRefused(`email "${email}" is not valid`);
    const name = cleanLine(valueOf(row, 'name') ?? '');
    if (!name) throw new RowRefused('name is missing');
    const kind = valueOf(row, 'kind');
    if (kind !== 'sales' && kind !== 'support') throw new RowRefused(`kind "${kind ?? ''}" is not known`);
    const key = `${vendor.id} ${email}`;
    if (agents.has(key)) throw new RowRefused(`"${email}" occurs twice`);
    agents.set(key, {
      line,
      vendorId: vendor.id,
      name,
      email,
      kind,
      languages: (valueOf(row, 'languages') ?? '').split(/[\s,;|]+/).filter(Boolean),
      phone: valueOf(row, 'phone'),
      locale: valueOf(row, 'locale') ?? 'en',
      hours: readHours(valueOf(row, 'hours')),
      responsibilities: (valueOf(row, 'responsibilities') ?? '').split('|').map(cleanLine).filter(Boolean),
    });
  });
  return [...agents.values()];
}

/** Returns an agent's responsibilities. Throws RowRefused for one that is neither a category nor a product. */
export function responsibilitiesOf(
  agent: AgentRow,
  categoriesByPath: ReadonlyMap<string, number>,
  productsByKey: ReadonlyMap<string, number>,
): Responsibility[] {
  const categories = new Set<number>();
  const products = new Set<number>();
  for (const place of agent.responsibilities) {
    const category = categoriesByPath.get(place);
    const product = productsByKey.get(place);
    if (category !== undefined) categories.add(category);
    else if (product !== undefined) products.add(product);
    else throw new RowRefused(`responsibility "${place}" is neither a category nor a product of this import`);
  }
  return [
    ...[...categories].map((categoryId) => ({ categoryId, productId: null })),
    ...[...products].map((productId) => ({ categoryId: null, productId })),
  ];
}
