import { api } from '#lib/api/browser.ts';

const quietMs = 700;

type Noted = { id: string; note: string | null };

/**
 * Returns the agent's note on a call, saved a moment after the last keystroke. The server's note never replaces typed
 * text; another call starts with its own note.
 */
export function createNoteKeeper(first: Noted) {
  const state = $state({ text: first.note ?? '', saved: true, failed: false });
  let callId = first.id;
  /** The server's last known note. */
  let savedText = state.text;
  /** Notes saved from here, of which the desk's state may still show an older one. */
  let sent: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function save() {
    clearTimeout(timer);
    if (state.saved) return;
    const [id, note] = [callId, state.text];
    sent.push(note);
    const isKept = await api
      .put('/api/agent/calls/{id}/note', { params: { path: { id } }, body: { note } })
      .then(
        () => true,
        () => false,
      );
    if (id !== callId) return;
    if (isKept) Object.assign(state, { saved: state.text === note, failed: false });
    else state.failed = true;
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
    /** Follows the note of a call in the desk's state; typed text has precedence. */
    follow(call: Noted) {
      const note = call.note ?? '';
      if (call.id !== callId) {
        void save();
        callId = call.id;
        savedText = note;
        sent = [];
        Object.assign(state, { text: note, saved: true, failed: false });
      } else if (note !== savedText) {
        savedText = note;
        if (state.saved && !sent.includes(note)) state.text = note;
      }
    },
    /** Saves at once, before the call is dismissed. */
    save,
  };
}
