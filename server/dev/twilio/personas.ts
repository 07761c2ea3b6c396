import type { Direction, Leg } from './leg.ts';
import type { Lines } from './lines.ts';
import { secondsAfter, type SimulatorTime } from './time.ts';

/** Keys pressed at a prompt. */
export interface Press {
  digits: string;
  /** Seconds after the start of the prompt, which it interrupts; default 2. */
  after?: number;
}

/** The behaviour of a phone that is called. Times in seconds. */
export interface Persona {
  /** `voicemail` picks up but presses no key. `rejects` declines. `failed` can't be reached (`sipCode` 404 or 480). */
  kind: 'human' | 'voicemail' | 'busy' | 'no-answer' | 'failed' | 'rejects';
  /** From dialling to the first ring; default 1. `Infinity`: never rings. */
  ringsAfter?: number;
  /** From the first ring; default 3. */
  answersAfter?: number;
  /** The keys at the first prompt, the second, and so on; null: none. */
  presses?: (string | Press | null)[];
  /** From pick-up. Default for voicemail: 20. */
  hangsUpAfter?: number;
  /** From the start of the conversation. */
  hangsUpAfterTalking?: number;
  /** One second into that prompt, counted from 1. */
  hangsUpDuringPrompt?: number;
  sipCode?: number;
}

/** Picks up after three seconds, presses 1 at each prompt and never hangs up. */
export const obliging: Persona = { kind: 'human', presses: ['1', '1', '1'] };

export interface Personas {
  /** A list has one for each call; the last is for all further calls. */
  set: (number: string, persona: Persona | Persona[]) => void;
  clear: (number: string) => void;
}

export interface SimulatedUsers extends Personas {
  /** Operates this phone by hand from now on. */
  operateByHand(number: string): void;
  stopByHand(number: string): void;
  isOpen(number: string): boolean;
}

const ringsAfterSeconds = 1;
const answersAfterSeconds = 3;
const pressesAfterSeconds = 2;
const voicemailSeconds = 20;

type DefaultPersona = (number: string, leg: { direction: Direction }) => Persona;

function createPersonas(
  defaultPersona: DefaultPersona = () => obliging,
): Personas & { of(leg: Leg): Persona } {
  const personas = new Map<string, Persona[]>();
  return {
    set: (number, persona) => void personas.set(number, [persona].flat()),
    clear: (number) => void personas.delete(number),
    of({ spec: { to, direction } }) {
      const list = personas.get(to);
      if (!list) return defaultPersona(to, { direction });
      return (list.length > 1 ? list.shift() : list[0]) ?? obliging;
    },
  };
}

/** Simulates phones that nobody operates. */
export function createSimulatedUsers(
  time: SimulatorTime,
  lines: Lines,
  defaultPersona?: DefaultPersona,
): SimulatedUsers {
  const personas = createPersonas(defaultPersona);
  const open = new Set<string>();
  const played = new WeakMap<Leg, Persona>();

  function later(leg: Leg, seconds: number | undefined, act: () => void): void {
    if (seconds === undefined || !Number.isFinite(seconds)) return;
    const cancel = time.at(secondsAfter(time.now(), seconds), act);
    leg.over.signal.addEventListener('abort', cancel, { once: true });
  }

  /** Acts after some seconds, unless somebody operates the phone by then. */
  function laterUnlessOperated(leg: Leg, seconds: number | undefined, act: () => void): void {
    later(leg, seconds, () => {
      if (!open.has(leg.spec.to)) act();
    });
  }

  function ring(leg: Leg, persona: Persona): void {
    if (lines.othersOn(leg)) return lines.end(leg, 'busy', 'network', 486);
    if (open.has(leg.spec.to)) return lines.ring(leg);
    if (persona.kind === 'failed') return lines.end(leg, 'failed', 'network', persona.sipCode ?? 404);
    if (persona.kind === 'busy') return lines.end(leg, 'busy', 'network', persona.sipCode ?? 486);
    lines.ring(leg);
    pickUp(leg, persona);
  }

  function pickUp(leg: Leg, persona: Persona): void {
    if (persona.kind === 'no-answer') return;
    laterUnlessOperated(leg, persona.answersAfter ?? answersAfterSeconds, () => {
      if (persona.kind === 'rejects') lines.end(leg, 'busy', 'callee', persona.sipCode ?? 603);
      else lines.answer(leg);
    });
  }

  function play(leg: Leg): void {
    const persona = personas.of(leg);
    played.set(leg, persona);
    const hangUp = () => lines.end(leg, 'completed', 'callee');
    const talksFor = persona.hangsUpAfter ?? (persona.kind === 'voicemail' ? voicemailSeconds : undefined);
    leg.events.once('answered', () => laterUnlessOperated(leg, talksFor, hangUp));
    leg.events.once('bridged', () => laterUnlessOperated(leg, persona.hangsUpAfterTalking, hangUp));
    leg.events.on('prompt', (count) => {
      if (persona.hangsUpDuringPrompt === count) laterUnlessOperated(leg, 1, hangUp);
      const press = persona.kind === 'human' ? persona.presses?.[count - 1] : null;
      if (!press) return;
      const { digits, after = pressesAfterSeconds } = typeof press === 'string' ? { digits: press } : press;
      laterUnlessOperated(leg, after, () => lines.press(leg, digits));
    });
    later(leg, persona.ringsAfter ?? ringsAfterSeconds, () => ring(leg, persona));
  }

  lines.onStart(play);
  return {
    set: personas.set,
    clear: personas.clear,
    isOpen: (number) => open.has(number),
    operateByHand: (number) => void open.add(number),
    stopByHand(number) {
      open.delete(number);
      const leg = lines.liveOn(number);
      if (leg?.status === 'ringing') pickUp(leg, played.get(leg) ?? obliging);
    },
  };
}
