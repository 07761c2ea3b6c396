/** What is spoken on the phone, in English. */
export const en = {
  agentPrompt:
    'Quoteline. A buyer wants to talk to {vendor} about {product}. Press 1 to take the call, 2 to pass it on.',
  thanks: 'Thank you. The call goes on to someone else.',
  connecting: 'One moment, we are calling the buyer.',
  callerGone: 'The buyer has hung up. Goodbye.',
  notReached: 'The buyer could not be reached. Goodbye.',
  consentPrompt:
    'Quoteline. You asked to talk to {vendor}. Press 1 to be connected. If it was not you, hang up, or press 9 never to be called again.',
  optedOut: 'This number will not be called again. Goodbye.',
  goodbye: 'Goodbye.',
} as const;
