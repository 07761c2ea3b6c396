import type { Context } from '#server/context.ts';

/** A kind of link in mails whose token grants access. Features define them, routes refer to them. */
export interface Link<Named extends object> {
  /** Unique among links: a token of one purpose is none of another. */
  purpose: string;
  /** Returns the data that a token grants access to. Refuses `link_not_valid` for every reason. */
  resolve(ctx: Context, token: string): Promise<Named>;
}
