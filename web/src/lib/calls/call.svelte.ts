import type { Call } from '#lib/api/schema.d.ts';
import { api } from '#lib/api/browser.ts';
import { publish, reopen, watch } from '#lib/live.svelte.ts';
import { serverTime } from './seconds.svelte.ts';

// Once a call, however many parts of the page show it.
let reopenedFor: string | undefined;

/** Returns the call of this page view, from what the server rendered on; use it while a component is set up. */
export function followCall(rendered: () => Call) {
  let told = $state.raw<Call>();
  // The page's own data grow old while the call goes on, and come again with every step through the site.
  const call = $derived(newest(rendered(), told));
  const id = $derived(call.id);
  const isOver = $derived(call.status === 'ended');
  const params = $derived({ path: { id } });
  const time = serverTime(
    () => call.serverNow,
    () => !isOver,
  );
  const read = () => api.get('/api/calls/{id}', { params });

  $effect(() =>
    watch<Call>(`call:${id}`, {
      onState: (state) => (told = state),
      onRefused: () => {
        // A first visit's socket is older than the visitor, whom only the call made known.
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

  /** Every part of the page that shows the call learns the answer at once. */
  async function learn(answer: Promise<Call>): Promise<void> {
    const state = await answer;
    told = state;
    publish(`call:${id}`, state);
  }

  return {
    get call() {
      return call;
    },
    /** Milliseconds of the server's time. */
    get now() {
      return time.now;
    },
    hangUp: () => learn(api.post('/api/calls/{id}/hangup', { params })),
    share: (shared: boolean) => learn(api.put('/api/calls/{id}/sharing', { params, body: { shared } })),
  };
}

/** Of two states of one call the one that was read later. */
function newest(rendered: Call, told: Call | undefined): Call {
  return told?.id === rendered.id && told.serverNow >= rendered.serverNow ? told : rendered;
}
