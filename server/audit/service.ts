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
