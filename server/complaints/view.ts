import { formatCredit } from '#server/common/credits.ts';
import type { ComplaintSide } from '#server/common/enums/complaints.ts';
import type { Upload } from '#server/uploads/schema.ts';
import { whyNotBy } from './parties.ts';
import type { FoundComplaint, messagesOf, Party } from './queries.ts';
import type { ComplaintAction } from './rules.ts';
import type * as schema from './schema.ts';

/** Returns a complaint in a list, as one side sees it. */
export function rowView(
  { complaint, vendor, buyer }: FoundComplaint,
  side: ComplaintSide,
  now: Date,
): schema.ComplaintRow {
  const { id, number, status, category, wish, dueAt } = complaint;
  return {
    ...{ id, number, status, category, wish },
    subject: { type: complaint.subjectType, id: complaint.subjectId, ...complaint.subject },
    vendor: { id: String(vendor.id), name: vendor.name },
    buyer: side === 'buyer' ? null : { name: buyer?.name ?? '' },
    createdAt: complaint.createdAt.toISOString(),
    statusAt: complaint.statusAt.toISOString(),
    dueAt: dueAt?.toISOString() ?? null,
    isOverdue: dueAt !== null && dueAt < now,
  };
}

interface Thread {
  messages: Awaited<ReturnType<typeof messagesOf>>;
  uploads: ReadonlyMap<string, Upload[]>;
  /** What is left of the charge. */
  refundable: bigint | null;
}

/** Returns a complaint with the messages that a party reads. */
export function complaintView(
  found: FoundComplaint,
  party: Party,
  { messages, uploads, refundable }: Thread,
  now: Date,
): schema.Complaint {
  const { side } = party;
  const { decision, decidedBy, reason, refund } = found.complaint;
  const may = (action: ComplaintAction) => whyNotBy(party, action, found.complaint) === null;
  return {
    ...rowView(found, side, now),
    decision:
      decision === null || decidedBy === null || reason === null
        ? null
        : {
            ...{ decision, by: decidedBy, reason },
            ...(refund !== null && { refundCredits: formatCredit(refund) }),
          },
    messages: messages.map(({ id, author, authorName, person, audience, text, createdAt }) => ({
      ...{ id, author, audience, text, at: createdAt.toISOString() },
      name: author === 'buyer' ? (person ?? found.buyer?.name ?? '') : authorName,
      uploads: uploads.get(id) ?? [],
    })),
    can: {
      ...{ message: may('message'), note: may('note'), review: may('review') },
      ...{ decide: may('resolve'), withdraw: may('withdraw') },
    },
    ...(side === 'staff' && refundable !== null && { refundable: formatCredit(refundable) }),
  };
}
