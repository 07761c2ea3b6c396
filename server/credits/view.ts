import { formatCredit } from '#server/common/credits.ts';
import { type Money, money, parse } from '#server/common/money.ts';
import type { Context } from '#server/context.ts';
import { paymentQr } from './payment-qr.ts';
import type { BuyersTopUp, ReceivedTopUp, TopUpRow } from './queries.ts';
import {
  balanceOf,
  dueOf,
  isCovered,
  isNamedByBank,
  refundableOf,
  refundOf,
  type TopUpState,
} from './rules.ts';
import type { StaffTopUp, TopUp } from './schema.ts';

export const stateOf = ({ topUp, received }: ReceivedTopUp): TopUpState => ({
  credits: topUp.credits,
  net: parse(topUp.net),
  vat: parse(topUp.vat),
  received: parse(received),
  refunded: topUp.refunded,
  owedCredits: topUp.owedCredits,
  owedMoney: parse(topUp.owedMoney),
});

const statusOf = ({ cancelledAt }: TopUpRow, state: TopUpState): TopUp['status'] =>
  isCovered(state) ? 'paid' : cancelledAt ? 'cancelled' : 'waiting';

function fieldsOf(found: ReceivedTopUp) {
  const { topUp } = found;
  const state = stateOf(found);
  const inCurrency = (amount: bigint): Money => money(amount, topUp.currency);
  const { rest, surplus } = balanceOf(state);
  const refund = refundOf(state, state.refunded, topUp.currency);
  return {
    ...{ id: topUp.id, reference: topUp.reference, method: topUp.method, vatRule: topUp.vatRule },
    ...{ vatId: topUp.vatId, vatRate: String(Number(topUp.vatRate)) },
    status: statusOf(topUp, state),
    credits: formatCredit(topUp.credits),
    orderedCredits: topUp.orderedCredits === null ? null : formatCredit(topUp.orderedCredits),
    price: inCurrency(parse(topUp.price)),
    net: inCurrency(state.net),
    vat: inCurrency(state.vat),
    amount: inCurrency(dueOf(state)),
    received: inCurrency(state.received),
    rest: inCurrency(rest),
    surplus: inCurrency(surplus),
    refunded: formatCredit(topUp.refunded),
    refundedMoney: inCurrency(refund.net + refund.vat),
    owedCredits: formatCredit(topUp.owedCredits),
    owedMoney: inCurrency(state.owedMoney),
    createdAt: topUp.createdAt.toISOString(),
    paidAt: topUp.paidAt?.toISOString() ?? null,
    cancelledAt: topUp.cancelledAt?.toISOString() ?? null,
    invoices: found.invoices.map((one) => ({ ...one, issuedAt: new Date(one.issuedAt).toISOString() })),
    ...{ cardState: found.card?.state ?? null, dispute: found.card?.dispute ?? null },
    cardRefunds: (found.card?.refunds ?? []).map(({ credits, amount, state: refundState }) => ({
      ...{ credits: formatCredit(BigInt(credits)), amount: inCurrency(parse(amount)), state: refundState },
    })),
  };
}

/** What a buyer sees: while it waits, also where to pay the rest, or the provider's page. */
export function topUpView({ config }: Pick<Context, 'config'>, found: ReceivedTopUp): TopUp {
  const fields = fieldsOf(found);
  if (found.card) {
    const isPayable = fields.status === 'waiting' && found.card.state === 'open';
    return { ...fields, ...(isPayable && found.card.url ? { paymentUrl: found.card.url } : {}) };
  }
  const account = config.payee?.accounts.get(found.topUp.currency);
  if (fields.status !== 'waiting' || !config.payee || account === undefined) return fields;
  const qr = paymentQr({
    ...{ payee: config.payee.name, account, amount: fields.rest },
    ...{ reference: fields.reference, purpose: `Quoteline ${fields.credits}` },
  });
  return { ...fields, payee: { name: config.payee.name, account }, ...(qr ? { paymentQr: qr } : {}) };
}

/** What staff see. `available`: the buyer's credit. */
export function staffTopUpView(found: BuyersTopUp, available: bigint): StaffTopUp {
  const { topUp, buyer, payments } = found;
  return {
    ...fieldsOf(found),
    buyer,
    payments: payments.map((payment) => ({
      ...{ id: payment.id, bankReference: payment.bankReference, receivedOn: payment.receivedOn },
      ...{ isNamed: isNamedByBank(payment), reversalReason: payment.reversalReason },
      amount: money(parse(payment.amount), topUp.currency),
      reversedAt: payment.reversedAt?.toISOString() ?? null,
    })),
    refundable: formatCredit(refundableOf(stateOf(found), available, BigInt(found.later))),
  };
}
