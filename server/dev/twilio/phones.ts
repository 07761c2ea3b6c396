import type { Heard, Leg } from './leg.ts';
import type { Lines } from './lines.ts';
import type { SimulatedUsers } from './personas.ts';

/** The state of a phone as its user sees it. */
export interface PhoneView {
  number: string;
  /** Whether it is operated by hand. */
  open: boolean;
  /** `listening`: hears prompts. `talking`: connected with another phone. */
  state: 'idle' | 'ringing' | 'listening' | 'talking';
  /** The caller's number. */
  from: string | null;
  talkingWith: string | null;
  since: Date | null;
  /** Whether a prompt waits for keys. */
  awaitsKeys: boolean;
  heard: Heard[];
  /** Keys pressed in this call. */
  digits: string;
  callSid: string | null;
}

/** Operates phones by hand. Actions that aren't possible are no-ops. */
export interface Phones {
  /** Returns phones that are open or were ever called. */
  list(): PhoneView[];
  view(number: string): PhoneView;
  /** Operates the phone only by hand from now on. */
  open(number: string): void;
  close(number: string): void;
  answer(number: string): void;
  press(number: string, digits: string): void;
  hangUp(number: string): void;
  /** Declines while it rings. */
  reject(number: string): void;
  /** Calls `listener` for each changed phone. Returns a function that ends it. */
  watch(listener: (phone: PhoneView) => void): () => void;
}

const declined = 603;

export function createPhones(lines: Lines, users: SimulatedUsers): Phones {
  const opened = new Set<string>();
  const watchers = new Set<(phone: PhoneView) => void>();

  function view(number: string): PhoneView {
    const leg = lines.liveOn(number);
    const state = leg ? stateOf(leg) : 'idle';
    return {
      number,
      open: users.isOpen(number),
      state,
      from: leg?.spec.from ?? null,
      talkingWith: leg?.talk?.with ?? null,
      since: leg?.talk?.from ?? leg?.answeredAt ?? leg?.ringingAt ?? null,
      awaitsKeys: leg?.listens ?? false,
      heard: [...(leg?.heard ?? [])],
      digits: leg?.digits ?? '',
      callSid: leg?.sid ?? null,
    };
  }

  function tell(number: string): void {
    const phone = view(number);
    for (const watcher of watchers) watcher(phone);
  }

  lines.onChange((leg) => tell(leg.spec.to));

  return {
    view,
    list() {
      const called = lines.all().map((leg) => leg.spec.to);
      return [...new Set([...opened, ...called])].sort().map(view);
    },
    open(number) {
      opened.add(number);
      users.operateByHand(number);
      tell(number);
    },
    close(number) {
      opened.delete(number);
      users.stopByHand(number);
      tell(number);
    },
    answer(number) {
      const leg = lines.liveOn(number);
      if (leg?.status === 'ringing') lines.answer(leg);
    },
    press(number, digits) {
      const leg = lines.liveOn(number);
      if (leg) lines.press(leg, digits);
    },
    hangUp(number) {
      const leg = lines.liveOn(number);
      if (leg?.answeredAt) lines.end(leg, 'completed', 'callee');
    },
    reject(number) {
      const leg = lines.liveOn(number);
      if (leg?.status === 'ringing') lines.end(leg, 'busy', 'callee', declined);
    },
    watch(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
  };
}

function stateOf(leg: Leg): PhoneView['state'] {
  if (leg.talk) return 'talking';
  if (leg.answeredAt) return 'listening';
  return leg.ringingAt ? 'ringing' : 'idle';
}
