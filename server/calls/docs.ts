import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  startCall: {
    summary: 'Call an agent, then the buyer',
    description:
      "Rings the agent first and the buyer's phone once the agent has accepted. `agentId`: the agent to try first. Repeating the `Idempotency-Key` answers the first call again. The answer sets a cookie that lets this browser follow the call. While no worker lives that could make the call, it is refused (`calling_off`). `support` takes credit: guests are asked to log in (401), and under a minute’s worth it is refused (402 `credit_too_low`), and while a card payment for it is disputed (409 `credit_disputed`); the credit is held until the call has ended.",
  },
  getSupportTerms: {
    summary: "What a call to a vendor's support takes",
    description: 'For guests too, so that the price is known before they log in.',
    parameters: { vendor: 'The id of the vendor' },
  },
  getCurrentCall: {
    summary: "The buyer's live call, or a recent one to rate",
  },
  getCall: {
    summary: 'A call of the buyer',
    description:
      'Of a support call, `credit` counts while it runs, and `report` says afterwards what it took. The same state is pushed on `/ws` as topic `call:<id>`.',
  },
  hangUp: {
    summary: "End the buyer's call",
    description: 'Possible in any state; repeating it changes nothing.',
  },
  shareSolution: {
    summary: 'Show the agent the lines of the current solution that ask their company',
    description: 'Until the call ends, or until it is switched off.',
  },
  declineCall: {
    summary: 'Pass a ringing call on to the next agent',
  },
  hangUpAsAgent: {
    summary: 'End the call that the agent accepted',
  },
  writeCallNote: {
    summary: "Write the agent's note of a call",
  },
  wrapUp: {
    summary: 'Extend the wrap-up once, or finish it',
  },
};
