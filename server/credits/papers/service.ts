import { audit, type Auditor } from '#server/audit/service.ts';
import type { Context } from '#server/context.ts';
import * as ledger from '#server/ledger/service.ts';
import type { Account } from '#server/platform/auth/sessions.ts';
import { accountOf } from '../account-names.ts';
import { findInvoice } from '../invoicing/queries.ts';
import { ownerOf } from '../owner.ts';
import { findAny, findOwn } from '../queries.ts';
import { refuse } from '../refusals.ts';
import { dayOf } from '../rules.ts';
import type { StatementQuery } from '../schema.ts';
import { topUpView } from '../view.ts';
import { invoicePaper } from './invoice.ts';
import { paperLanguage } from './language.ts';
import { proformaPaper } from './proforma.ts';
import { sellerOf } from './sale.ts';
import { statementPaper } from './statement.ts';

interface Reader {
  buyerId: string;
  locale: string;
}

/** Returns a buyer's entries of these days (UTC, both included) as PDF, oldest first. Refuses `statement_too_long`. */
export async function statementPdf(
  { db, pdf, config, clock }: Context,
  { buyerId, locale, account }: Reader & { account: Account },
  { from, to = dayOf(clock.now()) }: StatementQuery,
): Promise<Buffer> {
  const name = accountOf(await ownerOf(db, buyerId));
  const wanted = { from, to, oldestFirst: true, limit: longestStatement };
  const { entries, total } = await ledger.entriesOf(db, name, wanted);
  if (total > longestStatement) throw refuse('statement_too_long');
  const closing = entries.at(-1)?.balance ?? (await ledger.balanceOn(db, name, to));
  const opening = entries[0] ? entries[0].balance - entries[0].amount : closing;
  const house = config.payee?.name ?? 'Quoteline';
  const statement = { ...{ house, holder: account.company ?? account.name, from, to }, entries };
  return await pdf.render(
    statementPaper({ ...statement, opening, closing }, paperLanguage(locale)),
    clock.now(),
  );
}

/** More rows would take Typst longer than a reader waits. */
const longestStatement = 5_000;

/** Returns what asks for the payment of a buyer's own top-up, as PDF. Refuses `not_found` where nobody is set up to sell credit. */
export async function proformaPdf(
  { db, pdf, config }: Context,
  { buyerId, locale }: Reader,
  topUpId: string,
): Promise<Buffer> {
  const found = await findOwn(db, buyerId, topUpId);
  if (!found || !config.payee) throw refuse('not_found');
  const { billTo, country, vatId, createdAt } = found.topUp;
  const parties = { seller: sellerOf(config.payee), customer: { billTo: billTo ?? '', country, vatId } };
  return await pdf.render(
    proformaPaper(topUpView({ config }, found), parties, paperLanguage(locale)),
    createdAt,
  );
}

/** Returns any invoice or credit note as PDF for staff, and audits it. Refuses `not_found`. */
export async function anyInvoicePdf(
  ctx: Context,
  { staff, locale }: { staff: Auditor; locale: string },
  id: string,
): Promise<Buffer> {
  const paper = await invoicePdf(ctx, { buyerId: null, locale }, id);
  const read = { action: 'invoice.read', subject: { type: 'invoice', id } };
  await audit(ctx.db, staff, [read], ctx.clock.now());
  return paper;
}

/** Returns an invoice or credit note of a buyer's own top-up as PDF; with `buyerId` null any. Refuses `not_found`. */
export async function invoicePdf(
  { db, pdf }: Context,
  { buyerId, locale }: { buyerId: string | null; locale: string },
  id: string,
): Promise<Buffer> {
  const found = await findInvoice(db, id);
  if (!found) throw refuse('not_found');
  const { invoice, corrected } = found;
  const { topUpId } = invoice;
  const owned = buyerId === null ? await findAny(db, topUpId) : await findOwn(db, buyerId, topUpId);
  if (!owned) throw refuse('not_found');
  const { reference } = owned.topUp;
  return await pdf.render(
    invoicePaper(invoice, { corrected, reference }, paperLanguage(locale)),
    invoice.issuedAt,
  );
}
