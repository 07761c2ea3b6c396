import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import * as queries from './queries.ts';
import type { AuditList } from './schema.ts';

/** Staff who look at or change something of a person. */
export interface Auditor {
  id: string;
  name: string;
}

export interface Audited {
  /** Such as "person.read". */
  action: string;
  subject: { type: string; id: string };
  /** What changed. Must hold no personal data, as it is never erased. */
  detail?: Record<string, string | number | boolean>;
}

/** Notes what staff did, in the transaction that does it, or before the answer that shows it. Nobody can alter it. */
export const audit = (tx: Db, { id, name }: Auditor, done: readonly Audited[], at: Date): Promise<void> =>
  queries.addEntries(
    tx,
    done.map(({ action, subject, detail = {} }) => ({
      ...{ at, actorId: id, actorName: name, action, detail },
      ...{ subjectType: subject.type, subjectId: subject.id },
    })),
  );

/** A look at a list of people or of what they have. */
export interface Look {
  /** Such as "person.found". */
  action: string;
  list: string;
  search: string | undefined;
  page: number;
  /** Of what was shown. */
  ids: readonly string[];
}

/** Notes a look at a list as one row: the search without the name in an address, and the ids of what was shown. */
export const auditLook = (tx: Db, staff: Auditor, { action, list, search, page, ids }: Look, at: Date) =>
  audit(
    tx,
    staff,
    [
      {
        ...{ action, subject: { type: 'list', id: list } },
        detail: { page, shown: ids.join(' '), ...(search && { search: withoutName(search) }) },
      },
    ],
    at,
  );

/** Returns "an…@firma.example" for an address: a search may be one, and this log is never erased. */
const withoutName = (search: string): string => search.trim().replace(/^(.{0,2})[^@]*/, '$1…');

/** Returns a page of the audit log, latest first. */
export async function list(
  { db }: Pick<Context, 'db'>,
  query: { page: number; perPage: number; subject?: string | undefined },
): Promise<AuditList> {
  const { page, perPage, subject: subjectId } = query;
  const { rows, total } = await queries.listEntries(db, { page, perPage, subjectId });
  const items = rows.map(({ id, at, actorName, action, subjectType, subjectId: subject, detail }) => ({
    ...{ id: String(id), at: at.toISOString(), actor: actorName, action, detail },
    subject: { type: subjectType, id: subject },
  }));
  return { items, total, page, perPage };
}
