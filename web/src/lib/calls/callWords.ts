import type { Call } from '#lib/api/schema.d.ts';
import type { I18n } from '#lib/i18n/i18n.ts';
import { clock } from './times.ts';

/** Returns the agent's name, or the partner's before any phone rings. */
export const spokenName = ({ agent, vendor }: Pick<Call, 'agent' | 'vendor'>): string =>
  agent?.name ?? vendor.name;

/** Returns what the visitor has to do while their phone rings. */
export const pickUpWords = (i18n: I18n, { asksToConfirm }: Pick<Call, 'asksToConfirm'>): string =>
  i18n.t(asksToConfirm ? 'call.pickUpConfirm' : 'call.pickUp');

/** Returns what the agent's phone does until they have accepted the call. */
export const agentRingsWords = (i18n: I18n, { agentPickedUpAt }: Call, name: string): string =>
  i18n.t(agentPickedUpAt === null ? 'call.rings' : 'call.pickedUpWaits', { name });

/** Returns one line about how a call ended. */
export function endWords(i18n: I18n, call: Call): string {
  if (call.outcome === 'completed' || call.outcome === null) {
    const talked = call.talkSeconds ?? 0;
    return talked > 0 ? i18n.t('call.endedAfter', { time: clock(talked) }) : i18n.t('call.ended');
  }
  if (call.outcome === 'agent_left') return i18n.t('call.outcome.agent_left', { name: spokenName(call) });
  return i18n.t(`call.outcome.${call.outcome}`);
}

/** Returns the text for screen readers about the call's new state. */
export function announcement(i18n: I18n, call: Call): string {
  const name = spokenName(call);
  const lastMissed = call.tried.at(-1);
  switch (call.status) {
    case 'requested':
      return i18n.t('call.reaching');
    case 'calling_agent':
      return [
        lastMissed && `${i18n.t(`call.missed.${lastMissed.result}`, { name: lastMissed.name })}.`,
        agentRingsWords(i18n, call, name),
      ]
        .filter(Boolean)
        .join(' ');
    case 'calling_visitor':
      return pickUpWords(i18n, call);
    case 'in_call':
      return i18n.t('call.connected', { name });
    case 'ending':
      return i18n.t('call.ending');
    case 'ended':
      return endWords(i18n, call);
  }
}
