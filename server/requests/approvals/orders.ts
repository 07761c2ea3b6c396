import type { Db } from '#db/client.ts';
import * as money from '#server/common/money.ts';
import type { Context } from '#server/context.ts';
import * as solutions from '#server/solutions/service.ts';
import type { NewRequest } from '../sending/schema.ts';
import { listPrice } from '../sending/specification.ts';
import { versionOf } from '../sending/version.ts';
import { askForApproval, limitsExceededBy, type Person } from './asking.ts';
import { end } from './ending.ts';
import type { OrderInput } from './input.ts';
import { sumsOf } from './limits.ts';
import * as queries from './queries.ts';
import type { ApprovalPart, Waiting } from './schema.ts';

interface WantedOrder extends solutions.SolutionWithLines {
  person: Person;
  sender: { locale: string; currency?: string | undefined; provenEmail: string | null };
  body: NewRequest;
}

const dayMs = 86_400_000;
const longestMs = 14 * dayMs;

/**
 * Stores an order that exceeds the limits of the person, to be approved; null if it doesn't. The solution, which is marked
 * as sent, can then be changed again, which makes the approval outdated. An order of it that waited before is replaced.
 */
export async function orderForApprover(
  tx: Db,
  ctx: Context,
  { person, sender, body, solution, lines }: WantedOrder,
  at: Date,
): Promise<Waiting | null> {
  const parts = partsOf(lines);
  const wanted = parts.flatMap(({ lines: own }) =>
    own.map(({ total, currency }) => ({ currency, total: total && money.parse(total.amount) })),
  );
  const of = { requestId: null, replaced: new Set<string>() };
  const exceeded = await limitsExceededBy(tx, person, wanted, of, at);
  const former = await queries.lockWaitingOrder(tx, solution.id);
  if (former) await end(tx, ctx, former, { status: 'withdrawn', decidedAt: at, decidedBy: person.buyerId });
  if (exceeded.length === 0) return null;
  await solutions.setAside(tx, solution.id);
  const input: OrderInput = {
    body: { ...body, specification: versionOf(lines) },
    title: body.title?.trim() || solution.name,
    sender: {
      ...{ locale: sender.locale, currency: sender.currency ?? null, provenEmail: sender.provenEmail },
    },
    parts: parts.map(({ vendor, lines: own }) => ({
      ...{ vendor, lines: own.map(({ currency: _currency, ...line }) => line) },
    })),
  };
  const approvalId = await askForApproval(tx, ctx, {
    ...{ kind: 'order', companyId: person.companyId, requesterId: person.buyerId, solutionId: solution.id },
    ...{ input, amounts: sumsOf(wanted), exceeded, createdAt: at, expiresAt: orderExpiry(body, at) },
  });
  return { approvalId };
}

/** Returns until when an order can be approved: two weeks, but not after the time for answers. */
function orderExpiry({ deadline }: NewRequest, at: Date): Date {
  const latest = new Date(at.getTime() + longestMs);
  const end = deadline === undefined ? latest : new Date(deadline);
  return end < latest && end > at ? end : latest;
}

type PricedPart = Omit<ApprovalPart, 'lines'> & {
  lines: (ApprovalPart['lines'][number] & { currency: string })[];
};

/** Returns what is ordered of each vendor, at list prices. */
function partsOf(lines: readonly solutions.StoredLine[]): PricedPart[] {
  const asked = lines.flatMap((line) => solutions.askedOffers(line).map((offer) => ({ line, offer })));
  return [...Map.groupBy(asked, ({ offer }) => offer.vendor.id).values()].map((own) => ({
    vendor: { id: String(own[0]!.offer.vendor.id), name: own[0]!.offer.vendor.name },
    lines: own.map((one) => {
      const { line, offer } = one;
      const price = listPrice(one);
      return {
        ...{ name: line.product.name, code: line.product.code, quantity: line.quantity },
        ...{ currency: offer.currency, unitPrice: money.fromDatabase(price, offer.currency) },
        total: money.lineMoney(money.parse(price), line.quantity, offer.currency),
      };
    }),
  }));
}
