import type { Locale } from '#server/common/locales.ts';
import type { Context } from '#server/context.ts';
import type { Link } from '#server/platform/auth/links.ts';
import { type Copied, copyOf, type CopyWanted } from '../copying/service.ts';
import { refuse } from '../refusals.ts';
import type { PageOfLines } from '../schema.ts';
import { describeSolution } from '../service.ts';
import * as queries from './queries.ts';
import type { SolutionByLink, SolutionShare } from './schema.ts';

const purpose = 'shared-solution';

/** The link by which everybody looks at a shared solution. */
export const shareLink: Link<queries.ShareRow> = { purpose, resolve: resolveShare };

async function resolveShare(
  { db, links }: Pick<Context, 'db' | 'links'>,
  token: string,
): Promise<queries.ShareRow> {
  const id = links.claimedId(token);
  const found = id === null ? null : await queries.findShare(db, id);
  if (!found) throw refuse('link_not_valid');
  const isGood = found.sharedAt !== null && links.matches(token, purpose, found.id, found.shareVersion);
  if (isGood) return found;
  const isOutdated = links.wasIssued(token, purpose, found.id, found.shareVersion);
  throw refuse('link_not_valid', { isOutdated });
}

/** Returns the link of a solution; null: not shared. */
export const shareOf = (
  { links, config }: Pick<Context, 'links' | 'config'>,
  row: Pick<queries.ShareRow, 'id' | 'sharedAt' | 'shareVersion'>,
): string | null =>
  row.sharedAt === null ? null : `${config.publicUrl}/s/${links.issue(purpose, row.id, row.shareVersion)}`;

/** Makes a buyer's solution readable by a link; sharing it again answers the same link. Refuses `not_found`. */
export async function shareByLink(ctx: Context, buyerId: string, id: string): Promise<SolutionShare> {
  const shared = await queries.share(ctx.db, buyerId, id, ctx.clock.now());
  if (!shared) throw refuse('not_found');
  return { url: shareOf(ctx, shared) };
}

/** Ends the link of a buyer's solution for good. Idempotent. Refuses `not_found`. */
export async function stopSharing({ db }: Context, buyerId: string, id: string): Promise<void> {
  if (!(await queries.endSharing(db, buyerId, id))) throw refuse('not_found');
}

/** Returns the link of a buyer's solution. Refuses `not_found`. */
export async function readShare(ctx: Context, buyerId: string, id: string): Promise<SolutionShare> {
  const found = await queries.findOwnShare(ctx.db, buyerId, id);
  if (!found) throw refuse('not_found');
  return { url: shareOf(ctx, found) };
}

/** Returns a shared solution as anybody with its link sees it: nothing of its buyer. */
export async function describeShared(
  ctx: Context,
  { id, buyerId }: queries.ShareRow,
  page: PageOfLines,
  locale: Locale,
): Promise<SolutionByLink> {
  const solution = await describeSolution(ctx, buyerId, id, page, locale);
  if (!solution) throw refuse('link_not_valid');
  const { name, updatedAt, lines, linesTotal, split, totals, listTotal } = solution;
  return { name, updatedAt, lines, linesTotal, split, totals, listTotal };
}

/** Copies the solution of a link for a buyer, whose current one the copy becomes. Refuses `link_not_valid`. */
export async function copyShared(ctx: Context, wanted: CopyWanted, token: string): Promise<Copied> {
  return copyOf(ctx, wanted, await resolveShare(ctx, token));
}
