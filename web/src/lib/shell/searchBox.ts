/** Starts a search form: "/" goes to its field, which suggests while a person types. Returns the function that ends it. */
export function startSearchBox(form: HTMLFormElement): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const input = form.querySelector('input')!;

  function onSlash(event: KeyboardEvent): void {
    const isInField =
      event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
    if (event.key !== '/' || isInField || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  }

  // The field is used by few: what suggests comes when it is entered.
  const start = async (): Promise<void> => {
    const { startSuggesting } = await import('./suggesting.ts');
    if (!signal.aborted) startSuggesting(form, signal);
  };
  if (document.activeElement === input) void start();
  else input.addEventListener('focus', () => void start(), { once: true, signal });
  addEventListener('keydown', onSlash, { signal });
  return () => ending.abort();
}
