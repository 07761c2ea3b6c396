import type { Call } from '#lib/api/schema.d.ts';
import { api } from '#lib/api/browser.ts';
import { publish, reopen, watch } from '#lib/live.svelte.ts';
import { serverTime } from './seconds.svelte.ts';

// One state for each page view, which all parts of the page share.
let reopenedFor: string | undefined;

/** Returns the call of this page view, from what the server rendered on; use it while a component is set up. */
export function followCall(rendered: () => Call) {
  let pushed = $state.raw<Call>();
  // The page's data get older than the socket's state during a call, and are loaded again by every navigation.
  const call = $derived(newest(rendered(), pushed));
  const id = $derived(call.id);
  const isOver = $derived(call.status === 'ended');
  const params = $derived({ path: { id } });
  const time = serverTime(
    () => call.serverNow,
    // After a cut, the time that the agent is kept for runs on.
    () => !isOver || call.keptUntil !== null,
  );
  const read = () => api.get('/api/calls/{id}', { params });

  $effect(() =>
    watch<Call>(`call:${id}`, {
      onState: (state) => (pushed = state),
      onRefused: () => {
        // On a first visit, the socket was opened before the call gave the browser its cookie.
        if (reopenedFor === id) return;
        reopenedFor = id;
        reopen();
      },
      poll: read,
      get whileHidden() {
        return !isOver;
      },
    }),
  );

  /** Passes an answer on to every part of the page that shows the call. */
  async function learn(answer: Promise<Call>): Promise<void> {
    const state = await answer;
    pushed = state;
    publish(`call:${id}`, state);
  }

  return {
    get call() {
      return call;
    },
    /** The server's time, milliseconds. */
    get now() {
      return time.now;
    },
    hangUp: () => learn(api.post('/api/calls/{id}/hangup', { params })),
    share: (shared: boolean) => learn(api.put('/api/calls/{id}/sharing', { params, body: { shared } })),
  };
}

/** Returns the later one of two states of a call. */
function newest(rendered: Call, pushed: Call | undefined): Call {
  return pushed?.id === rendered.id && pushed.serverNow >= rendered.serverNow ? pushed : rendered;
}
