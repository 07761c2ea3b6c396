import type { Desk, DeskCall, DeskCallRow } from '#lib/api/schema.d.ts';
import type { I18n } from '#lib/i18n/i18n.ts';
import { clock, secondsSince, soon } from '#lib/calls/times.ts';

/** Returns the caller's name, or the word for a guest. */
export const callerName = (i18n: I18n, { caller }: Pick<DeskCall, 'caller'>): string =>
  caller.name ?? i18n.t('desk.guest');

/** Returns the product's code, or its name if it has none. */
export const subject = ({ product }: Pick<DeskCall, 'product'>): string => product.code || product.name;

/** Returns the one sentence over the call, and the page's title. */
export function callTitle(i18n: I18n, call: DeskCall): string {
  const about = subject(call);
  if (call.phase === 'ringing' && !call.isCallBack) {
    return i18n.t('desk.call.ringingTitle', { who: callerName(i18n, call), about });
  }
  const who = call.caller.name ?? i18n.t('desk.guestInSentence');
  if (call.phase === 'ringing') return i18n.t('desk.call.backTitle', { who, about });
  return i18n.t(`desk.call.${call.phase}Title`, { who, about });
}

/** Returns what happens now, below the title. */
export function callText(i18n: I18n, call: DeskCall): string {
  if (call.phase === 'wrap_up') return outcomeWords(i18n, call);
  if (call.phase === 'ringing' && call.pickedUpAt !== null) return i18n.t('desk.call.pickedUpText');
  if (call.phase === 'ringing' && call.ringingAt === null) return i18n.t('desk.call.dialling');
  return i18n.t(`desk.call.${call.phase}Text`);
}

/** Returns what becomes of a call that no colleague can take; it fits how many of them the page shows as free. */
export const lastAgentWords = (i18n: I18n, { team }: Pick<Desk, 'team'>): string =>
  i18n.t(team.some(({ status }) => status === 'available') ? 'desk.call.othersCant' : 'desk.call.nobodyFree');

/** Returns how an ended call went. */
export function outcomeWords(
  i18n: I18n,
  { outcome, talkSeconds }: Pick<DeskCall, 'outcome' | 'talkSeconds'>,
): string {
  if (outcome === null) return i18n.t('desk.call.ending');
  if (outcome === 'completed') return i18n.t('desk.outcome.completed', { time: clock(talkSeconds ?? 0) });
  return i18n.t(`desk.outcome.${outcome}`);
}

/** Returns what happened instead of a talk, in the table of calls. */
export function resultWords(i18n: I18n, row: DeskCallRow): string {
  if (row.result === 'not_connected' && row.outcome !== null && row.outcome !== 'completed') {
    return i18n.t(`desk.result.${row.outcome}`);
  }
  return i18n.t(`desk.result.${row.result}`);
}

/** Returns what else there is to say of a call in the table: the agent's note, or who took it instead. */
export function remark(i18n: I18n, { note, takenBy, result }: DeskCallRow): string {
  if (note) return note;
  if (takenBy) return i18n.t('desk.takenBy', { name: takenBy });
  return result === 'missed' ? i18n.t('desk.takenByNobody') : '';
}

/** Returns until when the agent is available by phone, ISO 8601, or null. */
export const phoneWindow = ({ phoneUntil }: Desk['me'], now: number): string | null =>
  phoneUntil !== null && Date.parse(phoneUntil) > now ? phoneUntil : null;

/** Returns the text below the agent's declared status. */
export function declaredWords(i18n: I18n, { me, call }: Desk, now: number): string {
  if (me.status === 'busy') {
    if (call?.phase === 'ringing' && call.pickedUpAt === null) return i18n.t('desk.status.ringing');
    return i18n.t(call && call.phase !== 'wrap_up' ? 'desk.status.inCall' : 'desk.status.busy');
  }
  if (me.unreachableSince) return i18n.t('desk.status.unreachable');
  const until = phoneWindow(me, now);
  if (me.declared === 'available' && until) {
    return i18n.t('desk.status.phoneUntil', { time: soon(i18n, until, now) });
  }
  if (me.status !== me.declared) return i18n.t('desk.status.noPage');
  return i18n.t('desk.status.since', { time: soon(i18n, me.since, now) });
}

/** Seconds of a call as its timer shows them: of the ring, of the talk, or left of the wrap-up. */
export function timerSeconds(call: DeskCall, now: number): number {
  if (call.phase === 'wrap_up') return call.wrapUpUntil ? secondsLeft(call.wrapUpUntil, now) : 0;
  const from = call.answeredAt ?? call.ringingAt;
  return from ? secondsSince(from, now) : 0;
}

export const secondsLeft = (until: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));

/** Returns what becomes of a call-back that an agent started during a wrap-up: any other call takes its place. */
export function afterWrapUp(call: Pick<DeskCall, 'phase'> | null): 'starts' | 'waits' | 'dropped' {
  if (call === null) return 'starts';
  return call.phase === 'wrap_up' ? 'waits' : 'dropped';
}

/** Returns how much of the ring is over, 0 to 100; null while nobody knows when it ends. */
export function ringShare({ phase, ringingAt, ringsUntil }: DeskCall, now: number): number | null {
  if (phase !== 'ringing' || !ringingAt || !ringsUntil) return null;
  const whole = Date.parse(ringsUntil) - Date.parse(ringingAt);
  return whole <= 0 ? null : Math.min(100, Math.max(0, ((now - Date.parse(ringingAt)) / whole) * 100));
}
