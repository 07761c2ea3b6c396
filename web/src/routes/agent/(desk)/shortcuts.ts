import { onMount } from 'svelte';

/** The shortcuts in the order of the dialog. */
export const helpKeys = [
  { keys: ['P', 'D'], word: 'desk.shortcuts.pass' },
  { keys: ['N'], word: 'desk.shortcuts.note' },
  { keys: ['?'], word: 'desk.shortcuts.help' },
] as const;

/** Runs the action of a key, unless a field has the focus, a dialog is open or `enabled()` is false. */
export function useShortcuts(actions: Readonly<Record<string, () => void>>, enabled: () => boolean): void {
  onMount(() => {
    const act = (event: KeyboardEvent) => {
      const { target, key } = event;
      const isElsewhere = event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented;
      if (isElsewhere || event.repeat || !enabled() || document.querySelector('dialog[open]')) return;
      if (target instanceof Element && target.closest('input, textarea, select, [contenteditable]')) return;
      const action = Object.hasOwn(actions, key.toLowerCase()) ? actions[key.toLowerCase()] : undefined;
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', act);
    return () => removeEventListener('keydown', act);
  });
}
