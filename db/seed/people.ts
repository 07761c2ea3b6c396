import type { Agent } from './agents.ts';
import { slug, sourceText } from './text.ts';

/** A person who can log in to the demo. */
export interface Person {
  name: string;
  email: string;
  /** Only for the demo, whose pages show it. */
  password: string;
  role: 'buyer' | 'agent' | 'manager' | 'staff';
  vendor?: string;
  agentEmail?: string;
  /** A buyer's number, from a fictional range. */
  phone?: string;
  locale: string;
}

type Entry = Omit<Person, 'password' | 'email' | 'locale' | 'agentEmail'> & Partial<Person>;

export function makePeople(agents: Agent[]): Person[] {
  const entries = JSON.parse(sourceText('people.json')) as Entry[];
  return entries.map((entry) => {
    const agent = agents.find(({ vendor, name }) => vendor === entry.vendor && name === entry.name);
    const email = entry.email ?? agent?.email;
    const locale = entry.locale ?? agent?.locale;
    if (!email || !locale) throw new Error(`${entry.name} is not an agent of ${entry.vendor}`);
    return {
      name: entry.name,
      email,
      password: `quoteline-demo-${slug(entry.name.split(' ')[0]!)}`,
      role: entry.role,
      ...(entry.vendor ? { vendor: entry.vendor } : {}),
      ...(entry.role === 'agent' ? { agentEmail: email } : {}),
      ...(entry.phone ? { phone: entry.phone } : {}),
      locale,
    };
  });
}
