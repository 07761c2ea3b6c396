type Toast = {
  id: number;
  words: string;
  undo: () => void | Promise<void>;
  timer?: ReturnType<typeof setTimeout>;
};

const shownMs = 8000;

// Browser only: the server never shows a toast, so nothing is shared between visitors.
export const toasts: Toast[] = $state([]);
let nextId = 0;

/** Shows what was done and offers an undo, which calls `undo` at most once. */
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

/** A toast stays while it is hovered or focused; afterwards its timer restarts. */
export function holdToast(id: number): void {
  clearTimeout(toasts.find((toast) => toast.id === id)?.timer);
}

export function resumeToast(id: number): void {
  const toast = toasts.find((other) => other.id === id);
  if (!toast) return;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => closeToast(id), shownMs);
}
