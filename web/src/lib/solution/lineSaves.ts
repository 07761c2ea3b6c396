import type { Saves } from './saves.ts';

const fields = ['quantity', 'note', 'offer'] as const;
export type LineField = (typeof fields)[number];

const saveAfterMs = 400;

/**
 * Queues what is entered in one line: sent together a moment after the last entry, and one save at a time, so that an
 * older entry can't arrive after a newer one. `send` submits the line's form; `saves` knows what the page still waits for.
 */
export function createLineSaves(lineId: string, saves: Saves, send: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let arrival: PromiseWithResolvers<boolean> | undefined;
  let touched = new Set<LineField>();
  let sending = false;

  function flush(): Promise<boolean> {
    if (touched.size > 0) send();
    return arrival?.promise ?? Promise.resolve(true);
  }

  function finish(accepted: boolean): void {
    saves.end(lineId);
    arrival?.resolve(accepted);
    arrival = undefined;
  }

  return {
    /** Sends the field a moment after the last entry. */
    enter(field: LineField): void {
      touched.add(field);
      arrival ??= Promise.withResolvers();
      saves.begin(lineId, flush);
      clearTimeout(timer);
      timer = setTimeout(send, saveAfterMs);
    },
    /** Leaves in the form what was entered since the last save; false when it must not be sent now. */
    take(form: FormData): boolean {
      clearTimeout(timer);
      if (sending || touched.size === 0) return false;
      sending = true;
      for (const name of fields) {
        form.delete(`was-${name}`);
        if (!touched.has(name)) form.delete(name);
      }
      if (!touched.has('offer')) form.delete('offers');
      touched = new Set();
      return true;
    },
    /** Whether something was entered that is not on its way yet. */
    get hasMore(): boolean {
      return touched.size > 0;
    },
    /** Notes the answer to a save and sends what was entered meanwhile. Returns whether everything has arrived. */
    arrived(accepted: boolean): boolean {
      sending = false;
      if (touched.size > 0) {
        send();
        return false;
      }
      finish(accepted);
      return true;
    },
    /** Forgets what was not sent: the line is gone, and nobody needs to wait for it. */
    stop(): void {
      clearTimeout(timer);
      touched = new Set();
      if (!sending) finish(true);
    },
  };
}
