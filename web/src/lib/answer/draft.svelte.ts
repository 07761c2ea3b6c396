import { api } from '#lib/api/browser.ts';
import type { Values } from './values.ts';

const quietMs = 1_500;

/**
 * Saves typed text as a draft a moment after the last keystroke. Only typing starts it, because mail scanners run the
 * scripts of pages.
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
    /** Schedules a save after an entry. */
    touch() {
      if (held) return;
      clearTimeout(timer);
      timer = setTimeout(() => void save(), quietMs);
    },
    /** Pauses saving while the form itself is being submitted. */
    hold() {
      held = true;
      clearTimeout(timer);
    },
    resume() {
      held = false;
    },
    /** Notes that the form itself has saved the draft. */
    saved(at: string) {
      Object.assign(state, { savedAt: at, failed: false });
    },
  };
}
