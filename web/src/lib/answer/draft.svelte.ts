import { api } from '#lib/api/browser.ts';
import type { Values } from './values.ts';

const quietMs = 1_500;

/**
 * Keeps what is typed as a draft on the service, a moment after the last keystroke. Only a person's own typing
 * starts it: mail scanners run the scripts of pages they look at.
 */
export function createDraftKeeper(token: string, values: () => Values, savedAt: string | null) {
  const state = $state({ savedAt, failed: false });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let held = false;

  async function save() {
    timer = undefined;
    try {
      const params = { path: { token } };
      const saved = await api.put('/api/enquiry-links/{token}/draft', { params, body: values() });
      Object.assign(state, { savedAt: saved.savedAt, failed: false });
    } catch {
      state.failed = true;
    }
  }

  return {
    get savedAt() {
      return state.savedAt;
    },
    get failed() {
      return state.failed;
    },
    /** Something was typed. */
    touch() {
      if (held) return;
      clearTimeout(timer);
      timer = setTimeout(() => void save(), quietMs);
    },
    /** While the form itself is on its way nothing is saved beside it. */
    hold() {
      held = true;
      clearTimeout(timer);
    },
    resume() {
      held = false;
    },
    /** The form itself has saved it. */
    saved(at: string) {
      Object.assign(state, { savedAt: at, failed: false });
    },
  };
}
