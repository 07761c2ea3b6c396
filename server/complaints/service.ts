import type { ComplaintAudience, ComplaintSide } from '#server/common/enums/complaints.ts';
import { categoriesOf, wishesOf } from '#server/common/enums/complaints.ts';
import type { Db } from '#db/client.ts';
import * as buyers from '#server/buyers/service.ts';
import type { Context } from '#server/context.ts';
import { audit, auditLook } from '#server/audit/service.ts';
import * as credits from '#server/credits/service.ts';
import { record } from '#server/platform/events.ts';
import { once } from '#server/platform/idempotency.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { requireText } from '#server/platform/typed-text.ts';
import * as uploads from '#server/uploads/service.ts';
import { complaintFiled, complaintMessaged } from './events.ts';
import { mailNews } from './mailing.ts';
import { actorOf, uploadOwnerOf, whyNotBy } from './parties.ts';
import * as queries from './queries.ts';
import { refuse, refuseField } from './refusals.ts';
import {
  audiencesOf,
  type ComplaintAction,
  dueAfter,
  filedADay,
  firstReminder,
  messagesAnHour,
} from './rules.ts';
import type * as schema from './schema.ts';
import { findSubject, type FoundSubject } from './subjects/queries.ts';
import { complaintView, rowView } from './view.ts';

type Party = queries.Party;
type Buyer = Extract<Party, { side: 'buyer' }>;

/** The type under which uploads hang on messages. */
export const messageType = 'complaint-message';

/**
 * Returns what a form about a thing that the buyer sees begins with. Refuses `not_found`, `forbidden` for what a colleague
 * sent unless they decide for colleagues, `subject_not_over`, `not_an_order`.
 */
export async function prefill(
  { db }: Pick<Context, 'db'>,
  buyer: Buyer,
  { type, id }: schema.FileComplaintBody['subject'],
): Promise<schema.ComplaintPrefill> {
  const found = await findSubject(db, buyer, type, id);
  if (!found) throw refuse('not_found');
  if (found.obstacle) throw refuse(found.obstacle);
  return {
    subject: { type, id, ...found.subject },
    vendors: found.vendors.map((vendor) => ({ id: String(vendor.id), name: vendor.name })),
    ...{ categories: [...categoriesOf[type]], wishes: [...wishesOf[type]] },
  };
}

const keepKeyDays = 30;

/**
 * Files a complaint, and mails it to the vendor and staff. Idempotent per key. Refuses `not_found`, `forbidden` as
 * `prefill`, `subject_not_over`, `not_an_order`, `vendor_needed`, `complaint_open` while the buyer has one about it,
 * `upload_not_found`, `too_many`, `idempotency_key_reused`.
 */
export async function file(
  ctx: Context,
  buyer: Buyer,
  body: schema.FileComplaintBody,
  key: string | null,
): Promise<schema.FiledComplaint> {
  const at = ctx.clock.now();
  const actor = `buyer:${buyer.buyerId}`;
  const text = requireText('text', body.text);
  return ctx.db.transaction((tx) =>
    once(
      tx,
      { actor, operation: 'complaints.file', key, body, now: at, keepDays: keepKeyDays },
      async () => {
        await buyers.delayMerge(tx, buyer.buyerId);
        await countOrRefuse(tx, `complaints:${buyer.buyerId}`, filedADay, at);
        const { type, id } = body.subject;
        const found = await findSubject(tx, buyer, type, id);
        if (!found) throw refuse('not_found');
        if (found.obstacle === 'forbidden') throw refuse('forbidden');
        if (found.obstacle) throw refuseField('subject.id', found.obstacle);
        const vendor = vendorOf(found, body.vendorId);
        const about = {
          ...{ buyerId: buyer.buyerId, vendorId: vendor.id },
          ...{ subjectType: type, subjectId: id.toLowerCase() },
        };
        // The counter above is locked, so that a buyer's complaints are filed one after another.
        if (await queries.hasOpen(tx, about)) throw refuse('complaint_open');
        const dueAt = dueAfter('open', at, vendor.timeZone);
        const complaint = await queries.addComplaint(tx, {
          ...{ ...about, companyId: found.companyId, subject: found.subject },
          ...{ category: body.category, wish: body.wish },
          ...{ statusAt: at, createdAt: at, dueAt, remindAt: firstReminder(dueAt) },
        });
        const message = await say(tx, buyer, complaint.id, { ...body, text }, 'everyone', at);
        const payload = { number: complaint.number, subjectType: type, vendorId: vendor.id };
        await record(tx, [complaintFiled({ actor: actorOf(buyer), at, subjectId: complaint.id, payload })]);
        const mailed = { news: 'filed', to: ['buyer', 'vendor', 'staff'], reason: 'filed' } as const;
        await mailNews(tx, ctx, await mustFind(tx, complaint.id), { ...mailed, messageId: message.id }, at);
        return filedView(complaint);
      },
      {
        keptAs: (filed) => ({ id: filed.id }),
        replay: async (kept) => filedView((await mustFind(tx, kept.id)).complaint),
      },
    ),
  );
}

const filedView = ({ id, number, status }: queries.ComplaintRow): schema.FiledComplaint => ({
  ...{ id, number, status },
});

function vendorOf({ vendors }: FoundSubject, wanted: string | undefined) {
  if (wanted === undefined && vendors.length > 1) throw refuseField('vendorId', 'vendor_needed');
  const vendor = wanted === undefined ? vendors[0] : vendors.find(({ id }) => String(id) === wanted);
  if (!vendor) throw refuseField('vendorId', 'vendor_needed');
  return vendor;
}

export async function mustFind(tx: Db, id: string): Promise<queries.FoundComplaint> {
  const found = await queries.findAny(tx, id);
  if (!found) throw new Error(`the complaint ${id} vanished`);
  return found;
}

async function say(
  tx: Db,
  party: Party,
  complaintId: string,
  { text, uploads: ids = [] }: { text: string; uploads?: string[] },
  audience: ComplaintAudience,
  at: Date,
): Promise<queries.MessageRow> {
  const author =
    party.side === 'buyer'
      ? ({ author: 'buyer', authorName: '', authorId: party.buyerId } as const)
      : { author: party.side, authorName: party.name };
  const message = await queries.addMessage(tx, { complaintId, ...author, audience, text, createdAt: at });
  await uploads.attach(tx, uploadOwnerOf(party), ids, { type: messageType, id: message.id });
  return message;
}

/** Returns a page of the complaints that a party sees. */
export async function list(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  party: Party,
  query: schema.ComplaintsQuery,
): Promise<schema.ComplaintList> {
  const { page, perPage } = query;
  const at = clock.now();
  const { rows, total } = await queries.listComplaints(db, party, query);
  if (party.side === 'staff') {
    const ids = rows.map(({ complaint: { id } }) => id);
    const look = { action: 'complaint.found', list: 'complaints', search: undefined, page, ids };
    await auditLook(db, { id: party.accountId, name: party.name }, look, at);
  }
  return { items: rows.map((row) => rowView(row, party.side, at)), total, page, perPage };
}

/** Returns a complaint as a party sees it. Refuses `not_found`. */
export async function find(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  party: Party,
  id: string,
): Promise<schema.Complaint> {
  const found = await queries.findComplaint(db, party, id);
  if (!found) throw refuse('not_found');
  const at = clock.now();
  await note(db, party, 'read', [found], at);
  return seenAs(db, found, party, at);
}

/** Notes in the audit log what staff look at or do. */
export async function note(
  tx: Db,
  party: Party,
  what: string,
  found: readonly queries.FoundComplaint[],
  at: Date,
): Promise<void> {
  if (party.side !== 'staff') return;
  const done = found.map(({ complaint: { id } }) => ({
    ...{ action: `complaint.${what}`, subject: { type: 'complaint', id } },
  }));
  await audit(tx, { id: party.accountId, name: party.name }, done, at);
}

export async function seenAs(
  db: Db,
  found: queries.FoundComplaint,
  party: Party,
  now: Date,
): Promise<schema.Complaint> {
  const { side } = party;
  const messages = await queries.messagesOf(db, found.complaint.id, audiencesOf[side]);
  const ids = messages.map(({ id }) => id);
  const { subjectType: type, subjectId } = found.complaint;
  const thread = {
    messages,
    uploads: await uploads.uploadsOf(db, messageType, ids),
    refundable: side === 'staff' && type === 'call' ? await credits.refundableOf(db, subjectId) : null,
  };
  return complaintView(found, party, thread, now);
}

/** Locks a complaint for an action of a party. Refuses `not_found`, `forbidden`, `complaint_closed`, `complaint_in_review`. */
export async function lockFor(
  tx: Db,
  party: Party,
  id: string,
  action: ComplaintAction,
): Promise<queries.FoundComplaint> {
  const found = await queries.lockComplaint(tx, party, id);
  if (!found) throw refuse('not_found');
  const code = whyNotBy(party, action, found.complaint);
  if (code) throw refuse(code);
  return found;
}

/** Returns who else is mailed about the thread; staff look when they want to. */
export const others = (side: ComplaintSide): ComplaintSide[] =>
  (['buyer', 'vendor'] as const).filter((other) => other !== side);

/** Adds a message that everybody in the thread reads, and mails it to the buyer or the vendor. Refuses as `lockFor`. */
export async function postMessage(
  ctx: Context,
  party: Party,
  id: string,
  body: schema.MessageBody,
): Promise<schema.Complaint> {
  return post(ctx, party, id, body, 'everyone');
}

/** Adds a note that the buyer doesn't see: by default for the vendor and staff. Refuses as `lockFor`. */
export async function postNote(
  ctx: Context,
  party: Party,
  id: string,
  { audience = 'vendor_and_staff', ...body }: schema.NoteBody,
): Promise<schema.Complaint> {
  const isOwn = audience === 'staff' && party.side !== 'staff';
  return post(ctx, party, id, body, isOwn ? 'vendor_and_staff' : audience);
}

async function post(
  ctx: Context,
  party: Party,
  id: string,
  body: schema.MessageBody,
  audience: ComplaintAudience,
): Promise<schema.Complaint> {
  const at = ctx.clock.now();
  const text = requireText('text', body.text);
  const isNote = audience !== 'everyone';
  return ctx.db.transaction(async (tx) => {
    const found = await lockFor(tx, party, id, isNote ? 'note' : 'message');
    await countOrRefuse(tx, `complaint-messages:${actorOf(party)}`, messagesAnHour, at);
    const message = await say(tx, party, found.complaint.id, { ...body, text }, audience, at);
    const payload = { messageId: message.id, audience };
    const subjectId = found.complaint.id;
    await record(tx, [complaintMessaged({ actor: actorOf(party), at, subjectId, payload })]);
    const noted: ComplaintSide[] =
      audience === 'staff' ? [] : party.side === 'staff' ? ['vendor'] : ['staff'];
    const mailed = isNote ? noted : others(party.side);
    await note(tx, party, isNote ? 'noted' : 'answered', [found], at);
    const news = { news: isNote ? 'note' : 'message', to: mailed, messageId: message.id } as const;
    await mailNews(tx, ctx, found, { ...news, reason: message.id }, at);
    return seenAs(tx, found, party, at);
  });
}
