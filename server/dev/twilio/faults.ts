import type { CallEvent } from './leg.ts';

/** What goes wrong with a REST request. */
export type RestEffect =
  /** Done, but the answer never arrives: the connection is cut. */
  | { kind: 'lost' }
  /** Done at once, answered after that many seconds. */
  | { kind: 'slow'; seconds: number }
  /** Done; answered only once the leg's first callback has been. */
  | { kind: 'after-callback' }
  /** Not done, and no answer either. */
  | { kind: 'vanished' }
  /** Not done: refused with this error. */
  | { kind: 'error'; status: number; code: number; message?: string }
  /** Not done: a page of HTML from some proxy. */
  | { kind: 'html'; status: number };

/** What goes wrong with a status callback. */
export type CallbackEffect =
  | { kind: 'drop' }
  | { kind: 'copies'; count: number }
  | { kind: 'delay'; seconds: number }
  /** Arrives after the leg's next one. */
  | { kind: 'swap' }
  | { kind: 'wrong-signature' }
  /** Instead of this one, the leg's one before, with its old signature. */
  | { kind: 'replay' }
  | { kind: 'extra'; params: Record<string, string> };

/** What goes wrong with the fetching of a document. */
export type DocumentEffect =
  | { kind: 'delay'; seconds: number }
  | { kind: 'wrong-signature' }
  | { kind: 'extra'; params: Record<string, string> }
  /** Nobody answers there. Afterwards the call ends, or goes on with the next verb: the documents say neither. */
  | { kind: 'dead'; after: 'hang-up' | 'go-on' };

interface Which {
  /** The phone it concerns; unset: any. */
  number?: string;
  /** Lets that many pass first. */
  skip?: number;
  /** How often; 1 unless said. `Infinity`: until removed. */
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
  /** A document asked for after a verb. */
  action: DocumentEffect;
  /** `<Dial>` refuses the number with this code, as with a country that isn't allowed (13227). */
  dial: { kind: 'code'; code: number };
}

type Place = keyof Effects;

export type Fault = { [P in Place]: Which & { on: P; event?: CallEvent; effect: Effects[P] } }[Place];

/** What Twilio's documents leave open, and how late its API knows. */
export interface Behaviour {
  /** What a `<Dial timeLimit>` counts from. */
  timeLimitFrom: 'answer' | 'dial';
  /** Fetches and lists show how things stood that many seconds ago. */
  fetchLagSeconds: number;
  /** How a phone that still rang ends when the calling side hangs up. */
  childWhenParentLeaves: 'canceled' | 'no-answer';
  /** Whether the `<Dial action>` is asked when the calling side hung up. */
  actionWhenParentLeaves: boolean;
}

export interface Faults {
  /** The answer removes it. */
  add(fault: Fault): () => void;
  /** Everything back to normal. */
  clear(): void;
  behaviour: Behaviour;
  /** Connections are refused until `up`. */
  down: () => Promise<void>;
  up: () => Promise<void>;
  /** What goes wrong now; counted as having happened. */
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
