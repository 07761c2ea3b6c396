import { orderIn, partsIn } from './input.ts';
import type { NamedApproval } from './queries.ts';
import type { Approval } from './schema.ts';

/** Returns an approval for who asked, or who decides. */
export function approvalView(
  { approval, requester, decidedBy, decidedFor, number, title }: NamedApproval,
  viewer: { buyerId: string; isApprover: boolean },
): Approval {
  const { id, kind, status, requestId, amounts, exceeded, note } = approval;
  const isYou = approval.requesterId === viewer.buyerId;
  const isWaiting = status === 'waiting';
  return {
    ...{ id, kind, status, amounts, exceeded, note },
    request: requestId !== null && number !== null ? { id: requestId, number } : null,
    title: title || (kind === 'order' ? orderIn(approval).title : ''),
    requester: { name: requester ?? '', isYou },
    parts: partsIn(approval),
    createdAt: approval.createdAt.toISOString(),
    expiresAt: approval.expiresAt.toISOString(),
    decidedAt: approval.decidedAt?.toISOString() ?? null,
    ...{ decidedBy, decidedFor },
    can: { decide: isWaiting && viewer.isApprover && !isYou, withdraw: isWaiting && isYou },
  };
}
