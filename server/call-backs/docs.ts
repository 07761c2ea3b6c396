import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  requestCallBack: {
    summary: 'Ask to be called back',
    description:
      'Changes the open request of the same number and partner, if there is one: 200 instead of 201.',
  },
  listCallBacks: {
    summary: "The buyer's call-back requests, latest first",
  },
  getCallBack: {
    summary: 'A call-back request of the buyer',
    description:
      '`callId` is set as soon as an agent calls. The same state is pushed on `/ws` as topic `call-back:<id>`.',
  },
  cancelCallBack: {
    summary: 'Cancel a call-back request',
  },
  callBack: {
    summary: 'Call a buyer back',
    description: "The agent's phone rings first.",
  },
  closeCallBack: {
    summary: 'Close a call-back request without a call',
  },
};
