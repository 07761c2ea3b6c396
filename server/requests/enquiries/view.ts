import type { EnquiryMessage } from '../schema.ts';
import type { MessageRow } from './queries.ts';

export function message(row: Omit<MessageRow, 'enquiryId'>): EnquiryMessage {
  return {
    id: row.id,
    author: row.author,
    authorName: row.authorName,
    kind: row.kind,
    text: row.text,
    createdAt: row.createdAt.toISOString(),
  };
}
