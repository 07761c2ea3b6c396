import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import * as money from '#server/common/money.ts';
import type { Money } from '#server/platform/schema.ts';
import type { CallState, LegResult, PricedRow } from './rows.ts';
import type { DeskCall, DeskCallRow } from './schema.ts';

/** Masks a number so that callers can be told apart but not called: "+381 63 •• •• 18". Null if it can't be parsed. */
export function maskPhone(phone: string | null): string | null {
  const number = phone === null ? undefined : parsePhoneNumberFromString(phone);
  if (!number) return null;
  const { countryCallingCode, nationalNumber } = number;
  return `+${countryCallingCode} ${nationalNumber.slice(0, 2)} •• •• ${nationalNumber.slice(-2)}`;
}

const phases: Record<CallState, DeskCall['phase']> = {
  requested: 'ringing',
  reserved: 'ringing',
  agent_dialing: 'ringing',
  agent_unknown: 'ringing',
  agent_ringing: 'ringing',
  agent_screening: 'ringing',
  next_agent: 'ringing',
  visitor_dialing: 'accepted',
  visitor_ringing: 'accepted',
  bridged: 'talking',
  ending: 'wrap_up',
  settling: 'wrap_up',
  closed: 'wrap_up',
};

/** Returns a call's phase for an agent with an unreleased leg; null if the call has been passed on. */
export function phaseOf(state: CallState, result: LegResult | null): DeskCall['phase'] | null {
  const phase = phases[state];
  if (result !== null && result !== 'accepted') return null;
  return phase === 'wrap_up' && result === null ? null : phase;
}

/** Returns what an agent may do with their call. */
export function deskCan(
  call: {
    phase: DeskCall['phase'];
    isOver: boolean;
    wrapUpUntil: Date | null;
    wrapUpExtended: boolean;
    /** The buyer may go on until then. */
    keptUntil: Date | null;
  },
  now: Date,
): DeskCall['can'] {
  const wrapsUp = call.isOver && call.wrapUpUntil !== null && call.wrapUpUntil > now;
  return {
    decline: call.phase === 'ringing',
    hangUp: call.phase === 'accepted' || call.phase === 'talking',
    extendWrapUp: wrapsUp && !call.wrapUpExtended,
    finishWrapUp: wrapsUp && !(call.keptUntil && call.keptUntil >= call.wrapUpUntil!),
  };
}

/** Results that count as missed calls. */
export const missedResults: readonly LegResult[] = ['no_answer', 'silent', 'busy', 'unreachable'];

/** Returns a call's result for the agent. `talked`: agent and buyer were connected. */
export function resultOf(leg: { result: LegResult | null; talked: boolean }): DeskCallRow['result'] {
  if (leg.talked) return 'talked';
  if (leg.result === 'declined') return 'declined';
  return leg.result !== null && missedResults.includes(leg.result) ? 'missed' : 'not_connected';
}

/** Returns the line's total at the price for its quantity; null: "on request". */
export function lineTotal({ quantity, price, currency, priceBreaks }: PricedRow): Money | null {
  return money.lineMoney(money.priceAt(price, priceBreaks, quantity), quantity, currency);
}

/** Returns the sum of lines; null if there are none, one has no price, or currencies differ. */
export function sumOf(totals: readonly (Money | null)[]): Money | null {
  const currency = totals[0]?.currency;
  if (currency === undefined || totals.some((total) => total?.currency !== currency)) return null;
  const sum = totals.reduce((value, total) => value + (total ? money.parse(total.amount) : 0n), 0n);
  return money.money(sum, currency);
}
