import { api } from '#lib/api.ts';

const quietMs = 700;

/**
 * The agent's note on a call, kept on the server a moment after the last keystroke. What is typed is never replaced by
 * what the server has; another call begins with its own.
 */
export function createNoteKeeper() {
  const state = $state({ text: '', saved: true, failed: false });
  let callId = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function save() {
    clearTimeout(timer);
    if (state.saved || !callId) return;
    const note = state.text;
    try {
      await api(fetch).put(`/api/agent/calls/${callId}/note`, { note });
      Object.assign(state, { saved: state.text === note, failed: false });
    } catch {
      state.failed = true;
    }
  }

  return {
    get text() {
      return state.text;
    },
    set text(text: string) {
      Object.assign(state, { text, saved: false });
      clearTimeout(timer);
      timer = setTimeout(() => void save(), quietMs);
    },
    get saved() {
      return state.saved;
    },
    get failed() {
      return state.failed;
    },
    /** The call whose note this is, as the server has it. */
    follow(call: { id: string; note: string | null }) {
      if (call.id !== callId) {
        void save();
        callId = call.id;
        Object.assign(state, { text: call.note ?? '', saved: true, failed: false });
      } else if (state.saved) state.text = call.note ?? '';
    },
    /** Now: before the call is put away. */
    save,
  };
}
