import type { Context } from '#server/context.ts';
import type { LinkPurpose } from '../tokens.ts';

/** A kind of link in mails whose token is the right to what it names. Its feature defines it; routes refer to it. */
export interface Link<Named extends object> {
  purpose: LinkPurpose;
  /** Returns what a token names. Refuses `link_not_valid`, for every reason alike. */
  resolve(ctx: Context, token: string): Promise<Named>;
}
