/** `undo` runs at most once; a toast without it is not worth one: say it where it happened. */
export type Toast = { id: number; words: string; undo: () => void | Promise<void> };

const shownMs = 8000;

// Browser only: the server never shows a toast, so nothing is shared between visitors.
export const toasts: Toast[] = $state([]);
const timers = new Map<number, ReturnType<typeof setTimeout>>();
let nextId = 0;

export function showUndo(words: string, undo: Toast['undo']): void {
  const id = nextId++;
  toasts.push({ id, words, undo });
  resumeToast(id);
}

export function closeToast(id: number): void {
  holdToast(id);
  const index = toasts.findIndex((toast) => toast.id === id);
  if (index >= 0) toasts.splice(index, 1);
}

/** Stays while hovered or focused, then starts anew. */
export function holdToast(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

export function resumeToast(id: number): void {
  holdToast(id);
  timers.set(
    id,
    setTimeout(() => closeToast(id), shownMs),
  );
}
