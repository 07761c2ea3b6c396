import type { ComplaintRow } from '#lib/api/schema.d.ts';

export const toneOf = ({ status, isOverdue }: Pick<ComplaintRow, 'status' | 'isOverdue'>) =>
  isOverdue
    ? 'bad'
    : (({ open: 'warn', in_review: 'pen', resolved: 'ok' } as const)[status as 'open'] ?? undefined);
