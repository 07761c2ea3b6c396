import { readFile } from 'node:fs/promises';
import { addAccount } from '#server/accounts/service.ts';
import type { Db } from '#db/client.ts';
import * as queries from './queries.ts';
import type { DemoPerson } from './schema.ts';

/** A person of people.json; `vendor` is a slug. */
interface Person extends Omit<DemoPerson, 'vendorId' | 'agentId'> {
  vendor?: string;
  agentEmail?: string;
  locale: string;
}

interface PersonInDatabase {
  person: Person;
  vendorId: number | null;
  agentId: number | null;
  /** The agent's or the buyer's phone number. */
  phone: string | null;
}

/** Returns the people in the file, with the ids of their vendors and agents. */
async function readPeople(db: Db, file: string): Promise<PersonInDatabase[]> {
  const people = JSON.parse(await readFile(file, 'utf8')) as Person[];
  const found: PersonInDatabase[] = [];
  for (const person of people) {
    const ids = person.vendor
      ? await queries.vendorAndAgent(db, person.vendor, person.agentEmail ?? null)
      : { vendorId: null, agentId: null, phone: person.phone ?? null };
    if (!ids) throw new Error(`${person.email}: there is no such vendor or agent`);
    found.push({ person, ...ids });
  }
  return found;
}

/** Adds the demo people's accounts. */
export async function addPeople(db: Db, file: string): Promise<void> {
  for (const { person, vendorId, agentId } of await readPeople(db, file)) {
    const { name, email, password, role, locale } = person;
    await addAccount(db, { name, email, password, role, locale, vendorId, agentId });
  }
}

/** Returns the demo people with their logins. */
export async function demoPeople(db: Db, file: string): Promise<DemoPerson[]> {
  return (await readPeople(db, file)).map(({ person, vendorId, agentId, phone }) => ({
    name: person.name,
    email: person.email,
    password: person.password,
    role: person.role,
    ...(vendorId === null ? {} : { vendorId: String(vendorId) }),
    ...(agentId === null ? {} : { agentId: String(agentId) }),
    ...(phone === null ? {} : { phone }),
  }));
}
