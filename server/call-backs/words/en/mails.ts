import type { Words } from '#server/common/words.ts';

/** What mails about call-backs say. */
export const words = {
  for: 'For {name}',
  product: 'Product',
  subject: 'Call back wanted {time}: {product}',
  preview: '{who} wants to be called about {product}.',
  heading: '{who} wants to be called back',
  guest: 'A visitor',
  salesLead: 'They want to talk about buying this product.',
  supportLead: 'They need help with this product.',
  when: 'Not before',
  language: 'Language',
  note: 'Note from the visitor',
  action: 'Open your desk and call',
  hint: 'Your own phone rings first, then theirs. The number stays with us.',
  others: 'Everyone who answers for this product was told; the first to call has it.',
  desk: 'If it was cancelled or done meanwhile, it is no longer on your desk.',
} as const satisfies Words;
