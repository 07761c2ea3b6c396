import type { Db } from '#db/client.ts';
import * as queries from '../queries.ts';
import type { DemoPerson, KnownNumber } from '../schema.ts';
import { phoneInGroups } from '#server/common/phones.ts';

/** Returns the numbers of the demo's buyers, then those of agents, first those who can log in. */
export async function knownNumbers(db: Db, people: DemoPerson[]): Promise<KnownNumber[]> {
  const logins = new Set(people.map(({ agentId }) => agentId));
  const buyers = people.flatMap(({ name, role, phone }): KnownNumber[] =>
    role === 'buyer' && phone
      ? [
          {
            number: phone,
            shown: phoneInGroups(phone),
            name,
            kind: 'buyer',
            vendor: null,
            vendorId: null,
            agentId: null,
            hasLogin: true,
          },
        ]
      : [],
  );
  const agents = (await queries.agentPhones(db)).map(
    ({ agentId, name, kind, phone, vendor, vendorId }): KnownNumber => ({
      number: phone,
      shown: phoneInGroups(phone),
      name,
      kind,
      vendor,
      vendorId: String(vendorId),
      agentId: String(agentId),
      hasLogin: logins.has(String(agentId)),
    }),
  );
  return [...buyers, ...agents.toSorted((one, other) => Number(other.hasLogin) - Number(one.hasLogin))];
}
