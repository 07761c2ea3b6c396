import type { Call } from '#server/calls/schema.ts';
import type { AgentState } from '#server/presence/schema.ts';
import type { I18n } from '#lib/i18n/i18n.ts';
import type { Team } from './agents.ts';
import { clock, secondsSince, soon } from './times.ts';

/** "2 available", "All busy", "From 08:00". `now` in milliseconds of the server's time. */
export function teamWords(i18n: I18n, team: Team, now: number): string {
  switch (team.status) {
    case 'available':
      return i18n.t('calls.free', { count: team.free });
    case 'busy':
      return i18n.t('calls.allBusy');
    case 'away':
      return i18n.t('calls.away');
    case 'offline':
      return team.from ? i18n.t('calls.from', { time: soon(i18n, team.from, now) }) : i18n.t('calls.offline');
  }
}

/** "Available", "Busy, 6:12", "Away", "From 14:00". */
export function agentWords(i18n: I18n, { status, since, worksFrom }: AgentState, now: number): string {
  switch (status) {
    case 'available':
      return i18n.t('calls.available');
    case 'busy':
      return since
        ? i18n.t('calls.busyFor', { time: clock(secondsSince(since, now)) })
        : i18n.t('calls.busy');
    case 'away':
      return i18n.t('calls.away');
    case 'offline':
      return teamWords(i18n, { status, from: worksFrom }, now);
  }
}

/** "4.6 of 5, 312 ratings"; undefined before the first one. */
export function ratingWords(
  i18n: I18n,
  rating: { average: number; count: number } | null,
): string | undefined {
  if (!rating) return undefined;
  const ratings = i18n.t('calls.ratings', { count: rating.count });
  return i18n.t('calls.rating', { average: i18n.number(rating.average), ratings });
}

export const kindWords = (i18n: I18n, kind: Call['kind']): string => i18n.t(`calls.${kind}`);

/** The agent; the partner's before anyone's phone rings. */
export const spokenName = ({ agent, vendor }: Pick<Call, 'agent' | 'vendor'>): string =>
  agent?.name ?? vendor.name;

/** The one line that says how a call that is over ended. */
export function endWords(i18n: I18n, call: Call): string {
  if (call.outcome === 'completed' || call.outcome === null) {
    const talked = call.talkSeconds ?? 0;
    return talked > 0 ? i18n.t('calls.endedAfter', { time: clock(talked) }) : i18n.t('calls.ended');
  }
  if (call.outcome === 'agent_left') return i18n.t('calls.outcome.agent_left', { name: spokenName(call) });
  return i18n.t(`calls.outcome.${call.outcome}`);
}

/** What a screen reader is told when the call comes to where it is now. */
export function announcement(i18n: I18n, call: Call): string {
  const name = spokenName(call);
  const lastMissed = call.tried.at(-1);
  switch (call.status) {
    case 'requested':
      return i18n.t('calls.reaching');
    case 'calling_agent':
      return [
        lastMissed && `${i18n.t(`calls.missed.${lastMissed.result}`, { name: lastMissed.name })}.`,
        i18n.t('calls.rings', { name }),
      ]
        .filter(Boolean)
        .join(' ');
    case 'calling_visitor':
      return i18n.t('calls.pickUp');
    case 'in_call':
      return i18n.t('calls.connected', { name });
    case 'ending':
      return i18n.t('calls.ending');
    case 'ended':
      return endWords(i18n, call);
  }
}
