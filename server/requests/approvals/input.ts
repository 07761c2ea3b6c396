import type { Acceptance } from '../deciding/schema.ts';
import type { NewRequest } from '../sending/schema.ts';
import type { ApprovalRow } from './queries.ts';
import type { ApprovalPart } from './schema.ts';

/** The frozen input of an acceptance: the quotes with their lines, so that a newer version is never accepted instead. */
export interface AcceptanceInput extends Record<string, unknown> {
  acceptance: Acceptance;
  parts: ApprovalPart[];
}

/** The frozen input of an order. Its body names the version of the specification. */
export interface OrderInput extends Record<string, unknown> {
  body: NewRequest;
  title: string;
  sender: { locale: string; currency: string | null; provenEmail: string | null };
  parts: ApprovalPart[];
}

/** Returns the acceptance that waits; one of nothing for an order. */
export const acceptanceIn = ({ kind, input }: Pick<ApprovalRow, 'kind' | 'input'>): Acceptance =>
  kind === 'acceptance' ? (input as AcceptanceInput).acceptance : { quotes: [] };

export const orderIn = ({ input }: Pick<ApprovalRow, 'input'>): OrderInput => input as OrderInput;

export const partsIn = ({ input }: Pick<ApprovalRow, 'input'>): ApprovalPart[] =>
  (input as { parts: ApprovalPart[] }).parts;
