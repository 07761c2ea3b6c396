import { type Static, Type } from 'typebox';
import { Id, Instant, Listing, PageQuery } from '#server/platform/schema.ts';

export const AuditEntry = Type.Object(
  {
    id: Id,
    at: Instant,
    /** The name of staff. */
    actor: Type.String(),
    action: Type.String(),
    subject: Type.Object({ type: Type.String(), id: Type.String() }),
    detail: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  },
  { title: 'AuditEntry' },
);

export const AuditList = Listing(AuditEntry);
export type AuditList = Static<typeof AuditList>;

export const AuditQuery = Type.Object({
  ...PageQuery.properties,
  subject: Type.Optional(Type.String({ maxLength: 100 })),
});
