import type { BehaviourBody, Phone, PhonesNow } from '#server/dev/schema.ts';
import { replaceState } from '$app/navigation';
import { overHttp } from '#lib/api/browser.ts';
import { createClient } from '#lib/api/client.ts';
import { ApiError } from '#lib/api/problem.ts';
import type { DemoPaths } from '../paths.ts';
import { addressWith } from './numbers.ts';

type Start = { phones: PhonesNow; opened: string[]; holder: string };

/** The refusal of the last button that was pressed. */
/** Its word. */
type Fault = 'phones.refused' | 'phones.unanswered';

const retryMs = 3_000;

const demo = createClient<DemoPaths>(overHttp);
const of = (number: string) => ({ path: { number } });

export type Board = ReturnType<typeof createBoard>;

/** Returns the live state of all phones, the phones that this page plays, and their actions. */
export function createBoard(start: Start) {
  const board = $state({
    now: start.phones,
    opened: start.opened,
    connected: true,
    fault: null as Fault | null,
    /** Counts seconds by this browser's clock, corrected by the difference to the service's. */
    tick: Date.parse(start.phones.now),
    aheadMs: 0,
  });

  async function settle(press: Promise<Phone>): Promise<void> {
    try {
      await press;
      board.fault = null;
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      board.fault = cause.status === 409 ? 'phones.refused' : 'phones.unanswered';
    }
  }

  const { holder } = start;
  const hold = (number: string) =>
    settle(demo.post('/dev/phones/{number}/open', { params: of(number), body: { holder } }));

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
    const events = new EventSource(`/dev/phones/events?holder=${holder}`);
    events.addEventListener('phones', hear);
    events.onopen = () => {
      board.connected = true;
      for (const number of board.opened) void hold(number);
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
    /** Returns the whole seconds since then, by the service's clock. */
    secondsSince: (iso: string): number => Math.max(0, Math.floor((board.tick - Date.parse(iso)) / 1_000)),

    /** Listens until the returned function is called. Opened phones are opened again after each reconnect. */
    connect(): () => void {
      let events = listen();
      const ticking = setInterval(() => (board.tick = Date.now() + board.aheadMs), 250);
      // The browser reconnects by itself, except after an error response such as a proxy's.
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
      for (const number of numbers) void hold(number);
    },
    close(number: string): void {
      show(board.opened.filter((other) => other !== number));
      void settle(demo.post('/dev/phones/{number}/close', { params: of(number), body: { holder } }));
    },
    answer: (number: string) => settle(demo.post('/dev/phones/{number}/answer', { params: of(number) })),
    hangUp: (number: string) => settle(demo.post('/dev/phones/{number}/hangup', { params: of(number) })),
    reject: (number: string) => settle(demo.post('/dev/phones/{number}/reject', { params: of(number) })),
    press: (number: string, digits: string) =>
      settle(demo.post('/dev/phones/{number}/press', { params: of(number), body: { digits } })),
    behave: (number: string, body: BehaviourBody) =>
      settle(demo.post('/dev/phones/{number}/persona', { params: of(number), body })),
  };
}

/** Returns a duration such as "4:07". */
export const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
