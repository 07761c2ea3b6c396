import type { Context } from '#server/context.ts';
import type { LinkPurpose } from '../tokens.ts';

/** A kind of link in mails whose token grants access. Features define them, routes refer to them. */
export interface Link<Named extends object> {
  purpose: LinkPurpose;
  /** Returns the data that a token grants access to. Refuses `link_not_valid` for every reason. */
  resolve(ctx: Context, token: string): Promise<Named>;
}
