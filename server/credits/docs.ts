import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  getCreditPrices: {
    summary: 'What credit costs',
    description: 'Net, in tiers. A credit is a minute of support unless an agreement says otherwise.',
  },
  getCredits: {
    summary: 'The credit of the account',
    description:
      '`available` is what is posted without what is held; `secondsLeft` is what it lasts at the usual rate.',
  },
  listCreditEntries: { summary: 'What changed the credit, latest first' },
  getCreditStatement: {
    summary: 'The entries as CSV, oldest first',
    parameters: {
      from: 'The first day (UTC); default: the beginning',
      to: 'The last day (UTC); default: today',
    },
  },
  getCreditStatementPdf: {
    summary: 'The entries as PDF, oldest first',
    description: 'In the language of the browser. At most 5000 entries.',
    parameters: {
      from: 'The first day (UTC); default: the beginning',
      to: 'The last day (UTC); default: today',
    },
  },
  getProforma: {
    summary: 'What asks for the payment of a top-up, as PDF',
    description: 'It is no invoice: that follows once it is paid.',
  },
  getInvoice: {
    summary: 'An invoice or credit note as PDF',
    description:
      'A top-up that becomes paid gets an invoice; a reversal or refund corrects it by a credit note.',
  },
  getAnyInvoice: { summary: "An invoice or credit note of any buyer's top-up, as PDF" },
  listTopUps: { summary: "The account's top-ups, latest first" },
  createTopUp: {
    summary: 'Buy credit by bank transfer or card',
    description:
      'By transfer, the credit is there once staff confirmed the payment. By card, where `methods` of the prices has it, somebody pays at `paymentUrl`, and the credit is there once the provider confirms it; without `paymentUrl` its page could not be opened, and `checkTopUp` tries again. VAT: that of the house, or none for a business elsewhere that names its VAT number (reverse charge).',
  },
  getTopUp: { summary: 'A top-up, with what is still to be paid' },
  checkTopUp: {
    summary: 'Ask the card provider about a top-up',
    description:
      'Answers the top-up after that: paid, if the payment has come. Opens the page to pay on if that failed before. Of a top-up by transfer it changes nothing.',
  },
  cancelTopUp: {
    summary: 'Cancel a top-up that waits',
    description:
      "While nothing came in for it. Approvers and admins of a company also cancel a colleague's. Repeated, it answers the same. A payment that staff confirm later revives it.",
  },
  listAllTopUps: {
    summary: 'Top-ups of all buyers',
    parameters: {
      status:
        'Only those that wait (oldest first), that are paid, that were cancelled, or of which the payment by card is disputed',
      q: 'A part of the reference, or of the name or address of the buyer',
    },
  },
  confirmTopUp: {
    summary: 'Count an incoming payment',
    description:
      'Each payment counts once, by its bank reference, in whatever letters and spaces; one without is counted as a top-up’s only payment, and answers the same when repeated exactly. Less than due waits for the rest; a surplus goes to the deposit of the buyer, who gets a mail. A cancelled top-up is revived. Of one by card the provider tells (409 `top_up_by_card`).',
  },
  reverseTopUpPayment: {
    summary: 'Take back a payment that the bank reversed',
    description:
      'Takes what is left of its credit; the buyer owes the rest. What was paid by card is refunded or disputed instead (409 `top_up_by_card`).',
  },
  refundTopUp: {
    summary: 'Pay credit back',
    description:
      '`amount` is credit: above zero, at most what is left of the top-up and neither spent nor held. Credit is spent oldest first. What was paid by card the provider pays back (`cardRefunds`); while the payment is disputed it is refused (409 `top_up_disputed`).',
  },
  settleTopUp: {
    summary: 'Settle a top-up for the credit that its payments buy',
    description:
      'At its price, with VAT: `credits` and the amounts become those bought, `orderedCredits` keeps what was ordered, and what buys no hundredth of a credit goes to the deposit. It has an invoice then.',
  },
  cancelAnyTopUp: {
    summary: "Cancel any buyer's top-up that waits",
    description: 'While nothing came in for it. A payment that is confirmed later revives it.',
  },
  setCreditPrices: {
    summary: 'Set what credit costs in a currency',
    description:
      'From `validFrom` on (today), for a currency with an account to pay to; answers what was set. Tiers begin at 1.00 credit and ascend.',
  },
};
