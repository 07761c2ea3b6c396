import { defineEvent } from '#server/platform/events.ts';

export const callRated = defineEvent<{
  callId: string;
  vendorId: number;
  agentId: number;
  line: number;
  agent: number;
}>('call.rated');
