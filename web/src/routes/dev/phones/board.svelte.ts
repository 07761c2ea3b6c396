import type { BehaviourBody, Phone, PhonesNow } from '#server/dev/schema.ts';
import { replaceState } from '$app/navigation';
import { api, ApiError } from '#lib/api.ts';
import { addressWith } from './numbers.ts';

type Start = { phones: PhonesNow; opened: string[]; holder: string };

/** Why the last press of a button did nothing. */
type Fault = 'refused' | 'unanswered';

const retryMs = 3_000;

export type Board = ReturnType<typeof createBoard>;

/** All phones as they are now, those this page plays, and what a person can do with one. */
export function createBoard(start: Start) {
  const board = $state({
    now: start.phones,
    opened: start.opened,
    connected: true,
    fault: null as Fault | null,
    /** Counts seconds by this browser's clock; how far the service's is ahead of it. */
    tick: Date.parse(start.phones.now),
    aheadMs: 0,
  });

  async function tell(number: string, action: string, body?: object): Promise<void> {
    try {
      await api(fetch).post<unknown>(`/dev/phones/${encodeURIComponent(number)}/${action}`, body);
      board.fault = null;
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      board.fault = cause.status === 409 ? 'refused' : 'unanswered';
    }
  }

  function show(opened: string[]): void {
    board.opened = opened;
    void replaceState(addressWith(opened), {});
  }

  function hear({ data }: MessageEvent<string>): void {
    board.now = JSON.parse(data) as PhonesNow;
    board.aheadMs = Date.parse(board.now.now) - Date.now();
    board.tick = Date.parse(board.now.now);
  }

  function listen(): EventSource {
    const events = new EventSource(`/dev/phones/events?holder=${start.holder}`);
    events.addEventListener('phones', hear);
    events.onopen = () => {
      board.connected = true;
      for (const number of board.opened) void tell(number, 'open', { holder: start.holder });
    };
    events.onerror = () => (board.connected = false);
    return events;
  }

  return {
    get now(): PhonesNow {
      return board.now;
    },
    get opened(): readonly string[] {
      return board.opened;
    },
    get connected(): boolean {
      return board.connected;
    },
    get fault(): Fault | null {
      return board.fault;
    },

    phone: (number: string): Phone | undefined => board.now.phones.find((phone) => phone.number === number),
    /** Whole seconds from then till now, by the service's clock. */
    secondsSince: (iso: string): number => Math.max(0, Math.floor((board.tick - Date.parse(iso)) / 1_000)),

    /** Listens until the answer is called. What was opened is opened again after each loss of the service. */
    connect(): () => void {
      let events = listen();
      const ticking = setInterval(() => (board.tick = Date.now() + board.aheadMs), 250);
      // The browser tries again by itself, except after an answer that is none, such as a proxy's.
      const retrying = setInterval(() => {
        if (events.readyState === EventSource.CLOSED) events = listen();
      }, retryMs);
      return () => {
        events.close();
        clearInterval(ticking);
        clearInterval(retrying);
      };
    },

    open(...numbers: string[]): void {
      show([...board.opened, ...numbers.filter((number) => !board.opened.includes(number))]);
      for (const number of numbers) void tell(number, 'open', { holder: start.holder });
    },
    close(number: string): void {
      show(board.opened.filter((other) => other !== number));
      void tell(number, 'close', { holder: start.holder });
    },
    answer: (number: string) => tell(number, 'answer'),
    hangUp: (number: string) => tell(number, 'hangup'),
    reject: (number: string) => tell(number, 'reject'),
    press: (number: string, digits: string) => tell(number, 'press', { digits }),
    behave: (number: string, body: BehaviourBody) => tell(number, 'persona', body),
  };
}

/** "4:07". */
export const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
