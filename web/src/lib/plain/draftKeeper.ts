const quietMs = 1_500;

/** What a keeper saved last, and whether its last attempt failed. */
export type DraftState = { savedAt: string | null; failed: boolean };

/**
 * Saves typed text as a draft a moment after the last keystroke. Only typing starts it, because mail scanners run the
 * scripts of pages. `save` returns when the service saved it (ISO 8601).
 */
export function createDraftKeeper(save: () => Promise<string>, onChange: (state: DraftState) => void) {
  const state: DraftState = { savedAt: null, failed: false };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let held = false;

  async function saveNow(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    try {
      Object.assign(state, { savedAt: await save(), failed: false });
    } catch {
      state.failed = true;
    }
    onChange(state);
  }

  return {
    /** Schedules a save after an entry. */
    touch(): void {
      if (held) return;
      clearTimeout(timer);
      timer = setTimeout(() => void saveNow(), quietMs);
    },
    /** Saves what is not saved yet; undefined if everything is. */
    flush(): Promise<void> | undefined {
      return timer === undefined || held ? undefined : saveNow();
    },
    /** Stops saving while the form itself is being submitted. */
    hold(): void {
      held = true;
      clearTimeout(timer);
    },
    resume(): void {
      held = false;
    },
  };
}
