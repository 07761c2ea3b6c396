import type { Db } from '#db/client.ts';
import { agentHours, agentResponsibilities, agents } from '#db/tables/agents.ts';

export type AgentName = 'milan' | 'ivana' | 'katrin' | 'agnieszka';

/** Official addresses of the vendors, and those of their agents. */
export const mail = {
  sever: 'ponude@sever.example',
  brandt: 'anfrage@brandt.example',
  wisla: 'oferty@wisla.example',
  kovo: 'obchod@kovo.example',
  /** Sales of sever: sensors and everything electrical. */
  milan: 'milan.petrovic@sever.example',
  /** Support of sever, the motor only. */
  ivana: 'ivana.kostic@sever.example',
  /** Sales of brandt, everything. */
  katrin: 'katrin.vogel@brandt.example',
  /** Sales of wisla, sensors only. */
  agnieszka: 'agnieszka.nowak@wisla.example',
};

export const phones = {
  milan: '+381641112001',
  ivana: '+381641112002',
  katrin: '+4915112345601',
  agnieszka: '+48512345601',
} satisfies Record<AgentName, string>;

const weekdays = [1, 2, 3, 4, 5];

/** key, vendor, name, kind, locale, responsible for (category paths, products' names), weekdays, opens, closes */
const agentRows = [
  [
    'milan',
    'sever',
    'Milan Petrović',
    'sales',
    'sr',
    ['Automation', 'Electrical'],
    [],
    weekdays,
    '08:00',
    '16:00',
  ],
  ['ivana', 'sever', 'Ivana Kostić', 'support', 'sr', [], ['motor'], weekdays, '14:00', '22:00'],
  [
    'katrin',
    'brandt',
    'Katrin Vogel',
    'sales',
    'en',
    ['Automation', 'Electrical'],
    [],
    weekdays,
    '07:00',
    '15:30',
  ],
  [
    'agnieszka',
    'wisla',
    'Agnieszka Nowak',
    'sales',
    'en',
    ['Automation > Sensing'],
    [],
    [1, 2, 6],
    '09:00',
    '17:00',
  ],
] as const;

export async function insertAgents(
  db: Db,
  vendorIds: Record<string, number>,
  categoryIds: Record<string, number>,
  productIds: Record<string, number>,
): Promise<Record<AgentName, number>> {
  const ids: Record<AgentName, number> = { milan: 0, ivana: 0, katrin: 0, agnieszka: 0 };
  for (const [key, vendor, name, kind, locale, paths, own, days, opens, closes] of agentRows) {
    const [agent] = await db
      .insert(agents)
      .values({
        vendorId: vendorIds[vendor] ?? 0,
        name,
        email: mail[key],
        kind,
        locale,
        languages: ['en'],
        phone: phones[key],
      })
      .returning({ id: agents.id });
    const agentId = agent?.id ?? 0;
    ids[key] = agentId;
    await db
      .insert(agentResponsibilities)
      .values([
        ...paths.map((path) => ({ agentId, categoryId: categoryIds[path] ?? null, productId: null })),
        ...own.map((product) => ({ agentId, categoryId: null, productId: productIds[product] ?? null })),
      ]);
    await db.insert(agentHours).values(days.map((weekday) => ({ agentId, weekday, opens, closes })));
  }
  return ids;
}
