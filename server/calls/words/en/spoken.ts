import type { Words } from '#server/common/words.ts';

/** What is spoken on the phone, in English. Prompts are short: their time is somebody's ringing. */
export const words = {
  agentPrompt: 'Quoteline. A buyer asks {vendor} about {product}. Press 1 to talk, or 2 to pass it on.',
  agentAgain: 'Press 1 to talk to the buyer.',
  passedOn: 'Thank you. The call goes to someone else.',
  tooLate: 'The call has gone to someone else. Goodbye.',
  connecting: 'One moment, we are calling the buyer.',
  callerGone: 'The buyer has hung up. Goodbye.',
  notReached: 'The buyer could not be reached. Goodbye.',
  consentPrompt:
    'Quoteline. You asked to talk to {vendor}. Press 1 to be connected. If it was not you, press 9 and we never call again.',
  consentAgain: 'Press 1 to be connected.',
  optedOut: 'This number will not be called again. Goodbye.',
  goodbye: 'Goodbye.',
} as const satisfies Words;
