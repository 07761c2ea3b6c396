import type { Words } from '#server/common/words.ts';

/** What mails about top-ups say. */
export const words = {
  for: 'For {name}',
  footer: 'Quoteline wrote this mail because credit was bought with your account.',
  'topUp.part.subject': 'Part of the payment for {reference} has arrived',
  'topUp.part.lead':
    '{amount} has arrived. It is less than what is due: you get the credits once the rest is here.',
  'topUp.paid.subject': 'Your payment for {reference} has arrived',
  'topUp.paid.lead': '{amount} has arrived, and nothing is left to pay. You can use the credits now.',
  'topUp.surplus.subject': 'A further payment for {reference} has arrived',
  'topUp.surplus.lead':
    '{amount} has arrived, though the top-up was paid already. It is kept in your deposit.',
  'topUp.settled.subject': 'Top-up {reference} is settled',
  'topUp.settled.lead':
    'You get the credits that what you paid buys at the same price, and can use them now. Nothing more is due.',
  'topUp.failed.subject': 'The card payment for {reference} was not made',
  'topUp.failed.lead':
    'No money came, so there are no credits, and nothing is due. You can buy credits again, by card or by bank transfer.',
  'topUp.dispute.subject': 'The payment for {reference} is disputed',
  'topUp.dispute.lead':
    '{amount} is disputed at the bank that issued the card. Your credits stay, but until that is decided you cannot call support with them. If you did not mean to dispute the payment, tell your bank.',
  'topUp.dispute_won.subject': 'The dispute about {reference} has ended',
  'topUp.dispute_won.lead': 'The payment stands, and you can call support again.',
  'topUp.dispute_lost.subject': 'The payment for {reference} was taken back',
  'topUp.dispute_lost.lead':
    'The bank took {amount} back after a dispute. What was left of its credits was taken back, too; what was spent is owed. With other credits you can call support again.',
  'topUp.credits': 'Credits',
  'topUp.ordered': 'Ordered',
  'topUp.received': 'Received',
  'topUp.rest': 'Still to pay',
  'topUp.surplus': 'In your deposit',
  'topUp.pay': 'Show how to pay the rest',
  'topUp.payHint': 'The page has the account, the reference and a QR code.',
  'topUp.open': 'Open the top-up',
  'topUp.openHint': 'The page has the invoice.',
} as const satisfies Words;
