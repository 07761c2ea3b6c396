import { phoneInGroups } from '#server/common/phones.ts';
import { refuse } from '#server/calls/refusals.ts';
import type { BehaviourBody, Phone, PhoneLeg, PhonesNow } from '../schema.ts';
import type { LedgerLeg } from '../twilio/ledger.ts';
import type { PhoneView } from '../twilio/phones.ts';
import type { Simulator } from '../twilio/port.ts';
import { personaOf } from './behaviours.ts';
import { createHolders } from './holders.ts';

/** Operates simulated phones by hand. Refuses `call_over` if a phone isn't in the right state. */
export interface Switchboard {
  now(): PhonesNow;
  phone(number: string): Phone;
  /** Operates the phone by hand from now on; with a `holder`, while that page listens. */
  open(number: string, holder?: string): void;
  close(number: string, holder?: string): void;
  answer(number: string): void;
  reject(number: string): void;
  hangUp(number: string): void;
  press(number: string, digits: string): void;
  behave(number: string, body: BehaviourBody): void;
  /** Calls `onChange` with the state now and after each change. Returns a function that ends it. */
  listen(holder: string | undefined, onChange: (now: PhonesNow) => void): () => void;
  stop(): void;
}

const legsShown = 20;
// Debounces changes, which often come together.
const debounceMs = 40;

type SimulatorParts = Pick<Simulator, 'phones' | 'personas' | 'ledger'>;

export function createSwitchboard({ phones, personas, ledger }: SimulatorParts, ours: string): Switchboard {
  const chosen = new Map<string, BehaviourBody>();
  const listeners = new Set<(now: PhonesNow) => void>();
  const holders = createHolders(phones);
  let debounce: ReturnType<typeof setTimeout> | undefined;

  const phoneOf = (view: PhoneView): Phone => ({
    number: view.number,
    shown: phoneInGroups(view.number),
    played: view.open,
    behaviour: chosen.get(view.number)?.behaviour ?? 'answers',
    hangsUpAfter: chosen.get(view.number)?.hangsUpAfter ?? null,
    line: lineOf(view),
  });

  function now(): PhonesNow {
    const views = new Map(phones.list().map((view) => [view.number, view]));
    for (const number of chosen.keys()) {
      if (!views.has(number)) views.set(number, phones.view(number));
    }
    const inUse = [...views.values()].filter(
      ({ number, open, state }) => open || state !== 'idle' || chosen.has(number),
    );
    return {
      now: new Date().toISOString(),
      ours,
      oursShown: phoneInGroups(ours),
      phones: inUse.map(phoneOf),
      legs: ledger().slice(-legsShown).toReversed().map(legOf),
    };
  }

  function changed(): void {
    debounce ??= setTimeout(() => {
      debounce = undefined;
      const current = now();
      for (const onChange of listeners) onChange(current);
    }, debounceMs);
  }
  const unwatch = phones.watch(changed);

  function requireState(number: string, ...states: PhoneView['state'][]): void {
    if (!states.includes(phones.view(number).state)) {
      throw refuse('call_over', { detail: 'This phone is not in such a call' });
    }
  }

  return {
    now,
    phone: (number) => phoneOf(phones.view(number)),
    open: (number, holder) => holders.hold(number, holder),
    close: (number, holder) => holders.release(number, holder),
    answer(number) {
      requireState(number, 'ringing');
      phones.answer(number);
    },
    reject(number) {
      requireState(number, 'ringing');
      phones.reject(number);
    },
    hangUp(number) {
      requireState(number, 'listening', 'talking');
      phones.hangUp(number);
    },
    press(number, digits) {
      requireState(number, 'listening', 'talking');
      phones.press(number, digits);
    },
    behave(number, body) {
      const isUsual = body.behaviour === 'answers' && body.answersAfter === undefined;
      if (isUsual) {
        chosen.delete(number);
        personas.clear(number);
      } else {
        chosen.set(number, body);
        personas.set(number, personaOf(body));
      }
      changed();
    },
    listen(holder, onChange) {
      listeners.add(onChange);
      onChange(now());
      const leave = holder === undefined ? undefined : holders.listen(holder);
      return () => {
        listeners.delete(onChange);
        leave?.();
      };
    },
    stop() {
      clearTimeout(debounce);
      unwatch();
      holders.stop();
    },
  };
}

function lineOf(view: PhoneView): Phone['line'] {
  if (view.state === 'idle' || !view.callSid) return null;
  return {
    sid: view.callSid,
    from: view.from ?? '',
    state: view.state,
    since: (view.since ?? new Date()).toISOString(),
    heard: view.heard.map(({ at, kind, text, language }) => ({
      at: at.toISOString(),
      kind,
      text,
      language: language ?? null,
    })),
    awaitsKeys: view.awaitsKeys,
    digits: view.digits,
    talkingWith: view.talkingWith,
  };
}

function legOf(leg: LedgerLeg): PhoneLeg {
  return {
    sid: leg.sid,
    to: leg.to,
    toShown: phoneInGroups(leg.to),
    status: leg.status,
    at: leg.createdAt.toISOString(),
    answeredAt: leg.answeredAt?.toISOString() ?? null,
    endedAt: leg.endedAt?.toISOString() ?? null,
    seconds: leg.answeredAt && leg.endedAt ? leg.durationSeconds : null,
    digits: leg.digits,
    endedBy: leg.endedBy,
  };
}
