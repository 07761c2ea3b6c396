import type { Words } from '#server/common/words.ts';

/** The last look before a request or an order leaves. */
export const words = {
  'review.title': 'Review and send',
  'review.orderTitle': 'Review and order',
  'review.solution': 'Solution',
  'review.step.lineUp': 'Build your list',
  'review.step.answers': 'Answers',
  'review.step.confirmations': 'Confirmations',
  'review.step.order': 'Order',
  'review.step.ordered': 'Ordered',

  'review.what': 'What do you want from the partners?',
  'review.kind': 'Kind of request',
  'review.quote': 'Official quotes',
  'review.quoteText': 'Each partner answers with prices, lead times and validity. You decide afterwards.',
  'review.order': 'An order at list prices',
  'review.orderText':
    'You order now. Each partner confirms its lines, offers a change or declines. One partner per line.',
  'review.orderBlocked': {
    one: '{count} line asks several partners. Choose one of them first.',
    other: '{count} lines ask several partners. Choose one for each first.',
  },

  'review.who': 'What each partner gets',
  'review.orderWho': 'What you order from each partner',
  'review.whoHint': 'Every partner gets an e-mail with its own lines only. Partners do not see each other.',
  'review.changeLines': 'Change lines',
  'review.noAddress': 'no e-mail address, cannot be asked',
  'review.linesFor': 'Lines for {vendor}',
  'review.no': 'No.',
  'review.product': 'Product',
  'review.code': 'Code',
  'review.quantity': 'Quantity',
  'review.listPrice': 'List price',
  'review.total': 'Total',
  'review.linesAtList': { one: '{count} line, at list price', other: '{count} lines, at list prices' },
  'review.linesOnRequest': { one: '{count} line', other: '{count} lines' },
  'review.linesCount': { one: '{count} line', other: '{count} lines' },

  'review.changed': 'changed',
  'review.changed.line_added': 'Added since you looked',
  'review.changed.quantity_changed': 'Quantity changed, was {was}',
  'review.changed.vendors_changed': 'Partners changed',
  'review.changed.price_changed': 'List price changed',
  'review.changed.text_changed': 'Options or note changed',
  'review.removed': {
    one: '{count} line was removed since you looked.',
    other: '{count} lines were removed since you looked.',
  },

  'review.details': 'Your details',
  'review.guest':
    'You don’t need an account. You can follow your request in this browser, and through the link in the confirmation e-mail.',
  'review.loggedIn': 'Filled in from your account and your last request. Change what is different this time.',
  'review.name': 'Full name',
  'review.company': 'Company',
  'review.email': 'E-mail',
  'review.emailHint': 'Answers and the link to your request come here.',
  'review.phone': 'Phone',
  'review.phoneHint':
    'Only for questions about this request. Include the country code, or choose the delivery country below.',
  'review.taxId': 'VAT number',
  'review.titleField': 'Title',
  'review.titleHint': 'For your own list. Partners do not see it.',
  'review.derivedName': {
    one: '{first} and {count} more',
    other: '{first} and {count} more',
  },

  'review.deliveryAndAnswers': 'Delivery and answers',
  'review.addresses': 'Your addresses',
  'review.deadline': 'Answers needed by',
  'review.deadlineHint':
    'Until the end of that day where you are. You can extend it for individual partners later.',
  'review.deadlineHintUtc':
    'Until the end of that day, 24:00 UTC. You can extend it for individual partners later.',
  'review.neededBy': 'Goods needed by',
  'review.neededByHint': 'Partners tell you whether they can deliver by then.',
  'review.message': 'Message to all partners',
  'review.messageHint': 'Every partner can read it.',

  'review.quoteBinds': 'Excl. VAT and delivery. A request for quotes does not commit you to anything.',
  'review.orderBinds': 'Excl. VAT and delivery. Each line is ordered once its partner confirms it unchanged.',
  'review.send': 'Send',
  'review.sendTo': { one: 'Send to {count} partner', other: 'Send to {count} partners' },
  'review.orderFrom': { one: 'Order from {count} partner', other: 'Order from {count} partners' },
  'review.orderAsk': {
    one: 'Order from {count} partner?',
    other: 'Order from {count} partners?',
  },
  'review.orderConfirm':
    'Each line is ordered as soon as its partner confirms it unchanged. Changes that a partner offers wait for your decision.',
  'review.orderConfirmNext':
    'List prices, excl. VAT and delivery. Each partner gets an e-mail with its own lines, your address and your contact details.',
  'review.onRequest': {
    one: '{count} price on request',
    other: '{count} prices on request',
  },
  'review.placeOrders': {
    one: 'Place {count} order',
    other: 'Place {count} orders',
  },
  'review.back': 'Back to the review',
  'review.mendFirst': {
    one: 'Fix {count} problem first: see the top of the page.',
    other: 'Fix {count} problems first: see the top of the page.',
  },
  'review.next': 'What happens next',
  'review.nextNow': 'Now',
  'review.nextNowText': {
    one: 'We e-mail {count} partner ({people} people). You get the whole specification by e-mail.',
    other: 'We e-mail {count} partners ({people} people). You get the whole specification by e-mail.',
  },
  'review.nextAnswers': 'As answers come in',
  'review.nextAnswersText': 'We e-mail you when answers arrive; compare them line by line.',
  'review.nextAccept': 'You accept',
  'review.nextAcceptText': 'All of it, or single lines. Only then is it an order.',
  'review.nextConfirm': 'Partners confirm',
  'review.nextConfirmText': 'Each confirmed line is ordered. We e-mail you.',
  'review.nextChanges': 'You decide about changes',
  'review.nextChangesText': 'What a partner changes, you accept or decline. Confirmed lines stay ordered.',

  'review.notSent': 'The request was not sent',
  'review.notOrdered': 'The order was not placed',
  'review.toRequests': 'My requests',
  'review.toSolution': 'To the solution',
  'review.problems': {
    one: '{count} problem keeps this from being sent',
    other: '{count} problems keep this from being sent',
  },
  'review.moreProblems': { one: '{count} more', other: '{count} more' },
  'review.line': 'Line {position}, {name}:',
  'review.empty': 'There is nothing to send',
  'review.emptyText': 'The solution has no lines. What you have sent is under “My requests”.',

  'errors.specification_changed':
    'The solution has changed since you looked, for example in another tab. What changed is marked below. Check it, then send again.',
  'errors.solution_empty': 'Add at least one line first.',
  'errors.one_vendor_per_order_line': 'An order needs exactly one partner for each line. Choose one.',
} as const satisfies Words;
