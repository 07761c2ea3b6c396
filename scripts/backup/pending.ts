import type postgres from 'postgres';
import { counted } from '../plain-error.ts';

const listedMax = 50;

/** Returns lines that say what workers would do with a restored database, though it may have been done after its time. */
export async function describePending(sql: postgres.Sql): Promise<string[]> {
  const kinds = await sql<{ kind: string; count: number }[]>`
    select kind, count(*)::int as count from deliveries where status in ('queued', 'waiting')
    group by kind order by kind`;
  const mails = await sql<{ at: Date; kind: string; to: string; messageId: string }[]>`
    select decided_at as at, kind, to_email as to, message_id as "messageId" from deliveries
    where status in ('queued', 'waiting') order by decided_at, id limit ${listedMax}`;
  const [calls] = await sql<{ open: number }[]>`
    select count(*)::int as open from calls where state <> 'closed'`;
  const total = kinds.reduce((sum, { count }) => sum + count, 0);
  const byKind = kinds.map(({ kind, count }) => `${count} ${kind}`).join(', ');
  return [
    total === 0
      ? 'No mails would be sent again.'
      : `${counted(total, 'mail')} would be sent, again if that was done after this time (same Message-ID): ${byKind}`,
    ...mails.map(({ at, kind, to, messageId }) => `  ${at.toISOString()}  ${kind}  ${to}  ${messageId}`),
    ...(total > mails.length ? [`  and ${total - mails.length} more`] : []),
    `${counted(calls?.open ?? 0, 'call')} would go on, or end because ${calls?.open === 1 ? 'its' : 'their'} time is over.`,
  ];
}
