import type { AgentState, Call } from '#lib/api/schema.d.ts';
import type { I18n } from '#lib/i18n/i18n.ts';
import type { Team } from './agents.ts';
import { clock, secondsSince, soon } from './times.ts';

/** Returns "2 available", "All busy" or "From 08:00". `now`: the server's time, milliseconds. */
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

/** Returns "Available", "Busy, 6:12", "Away" or "From 14:00". */
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

export const kindWords = (i18n: I18n, kind: Call['kind']): string =>
  i18n.t(kind === 'sales' ? 'calls.sales' : 'calls.support');
