import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OldDatabase, openOldDatabase } from './releases.ts';

const request = randomUUID();
const enquiry = randomUUID();
const callBack = randomUUID();

let old: OldDatabase;

beforeAll(async () => {
  old = await openOldDatabase();
  await old.migrateTo('0018_answerable_enquiries');
  await old.sql.begin(writeSubjects);
  await writeAsOldProcess();
  await old.migrateTo('0022_events_by_subject');
});
afterAll(() => old.end());

/** Adds the subjects of mails, and nothing else of the cast. */
async function writeSubjects(tx: postgres.TransactionSql): Promise<void> {
  await tx`set local session_replication_role = replica`;
  await tx`
    insert into agents (id, vendor_id, name, email, kind) overriding system value
    values (1, 1, 'Milan', 'milan@sever.example', 'sales')`;
  await tx`
    insert into requests (id, number, kind, buyer_id, solution_id, contact_name, contact_email, created_at)
    values (${request}, 'QL-1', 'quote', ${randomUUID()}, ${randomUUID()}, 'Jana', 'jana@morava.example', now())`;
  await tx`
    insert into enquiries (id, request_id, vendor_id, vendor_name, vendor_time_zone, links_expire_at, status_at)
    values (${enquiry}, ${request}, 1, 'Sever', 'UTC', now(), now())`;
  await tx`
    insert into call_backs (id, buyer_id, kind, vendor_id, offer_id, phone, locale, wanted_at, status, status_at,
                            created_at)
    values (${callBack}, ${randomUUID()}, 'sales', 1, 1, '+420601123456', 'en', now(), 'open', now(), now())`;
}

/** Adds a mail and an event for each type of subject, by the columns that name one type each. */
async function writeAsOldProcess(): Promise<void> {
  const { sql } = old;
  const mails = [
    { kind: 'request-copy', role: 'buyer', request_id: request },
    { kind: 'enquiry', role: 'vendor', request_id: request, enquiry_id: enquiry },
    { kind: 'buyer-message', role: 'buyer', request_id: request, enquiry_id: enquiry },
    { kind: 'call-back', role: 'agent', call_back_id: callBack, agent_id: 1 },
  ];
  const to = {
    to_email: 'a@b.example',
    to_name: 'A',
    locale: 'en',
    decided_at: new Date(),
    status_at: new Date(),
  };
  for (const mail of mails) {
    await sql`insert into deliveries ${sql({ ...to, ...mail, dedupe_key: randomUUID(), message_id: randomUUID() })}`;
  }
  const happened = [
    { name: 'request.sent', request_id: request, payload: { number: 'QL-1' } },
    { name: 'quote.sent', request_id: request, enquiry_id: enquiry, payload: { version: 1 } },
    { name: 'calling.stopped', payload: { reason: 'budget' } },
  ];
  for (const event of happened) {
    await sql`insert into events ${sql({ ...event, payload: sql.json(event.payload), actor: 'system', at: new Date() })}`;
  }
}

const mails = () => old.sql`select kind, subject_type, subject_id from deliveries order by id`;
const events = () => old.sql`select name, subject_type, subject_id, payload from events order by id`;

const oldMails = [
  { kind: 'request-copy', subject_type: 'request', subject_id: request },
  { kind: 'enquiry', subject_type: 'enquiry', subject_id: enquiry },
  { kind: 'buyer-message', subject_type: 'enquiry', subject_id: enquiry },
  { kind: 'call-back', subject_type: 'call_back', subject_id: callBack },
];
const oldEvents = [
  { name: 'request.sent', subject_type: 'request', subject_id: request, payload: { number: 'QL-1' } },
  {
    name: 'quote.sent',
    subject_type: 'request',
    subject_id: request,
    payload: { version: 1, enquiryId: enquiry },
  },
  { name: 'calling.stopped', subject_type: null, subject_id: null, payload: { reason: 'budget' } },
];

describe('the migration to generic subjects', () => {
  test('every mail and event of before gets its subject', async () => {
    expect(await mails()).toEqual(oldMails);
    expect(await events()).toEqual(oldEvents);
  });

  test('mails and events that an old process writes afterwards get their subjects, too', async () => {
    await writeAsOldProcess();
    expect((await mails()).slice(oldMails.length)).toEqual(oldMails);
    expect((await events()).slice(oldEvents.length)).toEqual(oldEvents);
  });

  test('an old process finds the mails of a new one by the columns that it reads', async () => {
    const { sql } = old;
    const written = async (subjectType: string, subjectId: string) => {
      const [mail] = await sql`
        insert into deliveries (kind, subject_type, subject_id, role, to_email, to_name, locale, dedupe_key,
                                message_id, decided_at, status_at)
        values ('any', ${subjectType}, ${subjectId}, 'vendor', 'a@b.example', 'A', 'en', ${randomUUID()},
                ${randomUUID()}, now(), now())
        returning request_id, enquiry_id, call_back_id`;
      return mail;
    };
    const none = { request_id: null, enquiry_id: null, call_back_id: null };
    expect(await written('request', request)).toEqual({ ...none, request_id: request });
    expect(await written('enquiry', enquiry)).toEqual({ ...none, request_id: request, enquiry_id: enquiry });
    expect(await written('call_back', callBack)).toEqual({ ...none, call_back_id: callBack });
    expect(await written('order', randomUUID())).toEqual(none);
  });

  test('events stay unchangeable', async () => {
    await expect(old.sql`update events set actor = 'other'`).rejects.toThrow('never change once written');
  });
});
