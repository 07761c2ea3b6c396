import type { CallEvent } from './leg.ts';

/** A fault of a REST request. */
export type RestEffect =
  /** Done, but the connection is cut before the response. */
  | { kind: 'lost' }
  /** Done at once, answered after so many seconds. */
  | { kind: 'slow'; seconds: number }
  /** Done, but answered only after the leg's first callback. */
  | { kind: 'after-callback' }
  /** Not done, and no response. */
  | { kind: 'vanished' }
  /** Not done: refused with this error. */
  | { kind: 'error'; status: number; code: number; message?: string }
  /** Not done: an HTML page of a proxy. */
  | { kind: 'html'; status: number };

/** A fault of a status callback. */
export type CallbackEffect =
  | { kind: 'drop' }
  | { kind: 'copies'; count: number }
  | { kind: 'delay'; seconds: number }
  /** Sent after the leg's next one. */
  | { kind: 'swap' }
  | { kind: 'wrong-signature' }
  /** Replaced by the leg's previous one. */
  | { kind: 'replay' }
  | { kind: 'extra'; params: Record<string, string> };

/** A fault of fetching a document. */
export type DocumentEffect =
  | { kind: 'delay'; seconds: number }
  | { kind: 'wrong-signature' }
  | { kind: 'extra'; params: Record<string, string> }
  /** No response. Twilio doesn't document whether the call then ends or goes on with the next verb. */
  | { kind: 'dead'; after: 'hang-up' | 'go-on' };

interface Which {
  /** The phone number concerned; unset: any. */
  number?: string;
  /** The number of requests to leave alone first. */
  skip?: number;
  /** How often; default 1. `Infinity`: until removed. */
  times?: number;
}

interface Effects {
  create: RestEffect;
  update: RestEffect;
  fetch: RestEffect;
  /** Any REST request. */
  rest: RestEffect;
  callback: CallbackEffect;
  document: DocumentEffect;
  /** A document requested after a verb. */
  action: DocumentEffect;
  /** `<Dial>` refuses the number with this code, such as 13227 for a country that isn't allowed. */
  dial: { kind: 'code'; code: number };
}

type Place = keyof Effects;

export type Fault = { [P in Place]: Which & { on: P; event?: CallEvent; effect: Effects[P] } }[Place];

/** Behaviour that Twilio doesn't document, and the lag of its API. */
export interface Behaviour {
  /** The start of a `<Dial timeLimit>`. */
  timeLimitFrom: 'answer' | 'dial';
  /** Fetches and lists return the state of so many seconds ago. */
  fetchLagSeconds: number;
  /** The status of a ringing phone after the calling side hangs up. */
  childWhenParentLeaves: 'canceled' | 'no-answer';
  /** Whether the `<Dial action>` is requested after the calling side hung up. */
  actionWhenParentLeaves: boolean;
}

export interface Faults {
  /** Returns a function that removes the fault. */
  add(fault: Fault): () => void;
  /** Removes all faults and resets the behaviour. */
  clear(): void;
  behaviour: Behaviour;
  /** Refuses connections until `up`. */
  down: () => Promise<void>;
  up: () => Promise<void>;
  /** Returns the faults to apply now, and counts them. */
  take<P extends Place>(on: P, about: { number: string; event?: CallEvent }): Effects[P][];
}

const normal: Behaviour = {
  timeLimitFrom: 'answer',
  fetchLagSeconds: 0,
  childWhenParentLeaves: 'canceled',
  actionWhenParentLeaves: true,
};

export function createFaults(server: Pick<Faults, 'down' | 'up'>): Faults {
  let waiting: { fault: Fault; skip: number; left: number }[] = [];
  const behaviour = { ...normal };
  return {
    behaviour,
    add(fault) {
      const entry = { fault, skip: fault.skip ?? 0, left: fault.times ?? 1 };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    clear() {
      waiting = [];
      Object.assign(behaviour, normal);
    },
    down: server.down,
    up: server.up,
    take<P extends Place>(on: P, { number, event }: { number: string; event?: CallEvent }): Effects[P][] {
      const now = waiting.filter(({ fault }) => {
        if (fault.on !== on || (fault.number && fault.number !== number)) return false;
        return fault.event === undefined || fault.event === event;
      });
      const happening = now.filter((entry) => {
        if (entry.skip > 0) {
          entry.skip -= 1;
          return false;
        }
        entry.left -= 1;
        return true;
      });
      waiting = waiting.filter((entry) => entry.left > 0);
      return happening.map(({ fault }) => fault.effect) as Effects[P][];
    },
  };
}
