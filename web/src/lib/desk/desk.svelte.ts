import type { SubmitFunction } from '$app/forms';
import { invalidate } from '$app/navigation';
import { getContext, onMount, setContext, untrack } from 'svelte';
import type { Desk, Problem } from '#lib/api/schema.d.ts';
import { api } from '#lib/api/browser.ts';
import { serverTime } from '#lib/calls/seconds.svelte.ts';
import { watch } from '#lib/live.svelte.ts';

const contextKey = Symbol('desk');

export type DeskKeeper = ReturnType<typeof keepDesk>;

/**
 * Keeps the desk on the page up to date, by the socket or by polling. The open page also keeps the agent available.
 * `read` returns the state with which the page was loaded.
 */
export function keepDesk(read: () => Desk) {
  let desk = $state.raw(untrack(read));
  let problem = $state<Problem>();
  let loggedOut = $state(false);
  let working = $state('');
  const time = serverTime(
    () => desk.serverNow,
    () => true,
  );

  // A slow load must not replace a newer state of the socket.
  function take(next: Desk) {
    if (next.serverNow >= desk.serverNow) desk = next;
  }

  $effect(() => {
    const loaded = read();
    untrack(() => take(loaded));
  });
  onMount(() =>
    watch<Desk>('agent', {
      onState: (state) => {
        loggedOut = false;
        take(state);
      },
      onRefused: () => (loggedOut = true),
      poll: () => api.get('/api/agent/desk'),
      whileHidden: true,
    }),
  );

  /** Enhances the forms of the desk: one runs at a time, shows its refusal, then everything is reloaded. */
  const submit: SubmitFunction = ({ action, cancel }) => {
    if (working) return cancel();
    working = action.search;
    problem = undefined;
    return async ({ result }) => {
      if (result.type === 'failure') problem = result.data?.['problem'] as Problem | undefined;
      if (result.type === 'error') problem = unreachable;
      // Stay on this page of the desk; the redirect is for browsers without scripts.
      await invalidate('app:desk');
      working = '';
    };
  };

  return setContext(contextKey, {
    get desk() {
      return desk;
    },
    /** The server's time, in milliseconds. */
    get now() {
      return time.now;
    },
    get problem() {
      return problem;
    },
    get loggedOut() {
      return loggedOut;
    },
    /** The action under way, such as `?/decline`; empty for none. */
    get working() {
      return working;
    },
    submit,
  });
}

const unreachable: Problem = { type: 'about:blank', title: '', status: 503, code: 'unavailable', detail: '' };

export const useDesk = (): DeskKeeper => getContext<DeskKeeper>(contextKey);
