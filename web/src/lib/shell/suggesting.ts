const pauseMs = 150;
const fewestLetters = 2;

/**
 * Makes a search form a combobox with suggestions (WAI-ARIA 1.2), which the server renders (see `routes/suggestions`).
 * The signal ends it.
 */
export function startSuggesting(form: HTMLFormElement, signal: AbortSignal): void {
  const input = form.querySelector('input')!;
  const box = form.querySelector<HTMLElement>('.suggestions')!;
  const list = form.querySelector<HTMLElement>('[role="listbox"]')!;
  const status = form.querySelector<HTMLElement>('[role="status"]')!;
  let options: HTMLAnchorElement[] = [];
  let active = -1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;

  function show(open: boolean): void {
    box.hidden = !open || options.length === 0;
    input.setAttribute('aria-expanded', String(!box.hidden));
    options.forEach((option, index) => option.setAttribute('aria-selected', String(index === active)));
    const chosen = box.hidden ? undefined : options[active];
    if (chosen) input.setAttribute('aria-activedescendant', chosen.id);
    else input.removeAttribute('aria-activedescendant');
  }

  function close(): void {
    clearTimeout(timer);
    running?.abort();
    active = -1;
    show(false);
  }

  function onInput(): void {
    close();
    const q = input.value.trim();
    if (q.length >= fewestLetters) timer = setTimeout(() => void suggest(q), pauseMs);
  }

  async function suggest(q: string): Promise<void> {
    const own = (running = new AbortController());
    // Suggestions are optional: Enter searches without them.
    const html = await fetchSuggestions(q, own.signal).catch(() => undefined);
    if (html === undefined || own.signal.aborted) return;
    list.innerHTML = html;
    options = [...list.querySelectorAll<HTMLAnchorElement>('[role="option"]')];
    status.textContent = list.querySelector<HTMLElement>('[data-said]')?.dataset['said'] ?? '';
    show(true);
  }

  function onKey(event: KeyboardEvent): void {
    const isOpen = !box.hidden;
    if (event.key === 'Escape') {
      if (isOpen) close();
      else input.value = '';
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && options.length > 0) {
      const places = options.length + 1;
      // The field itself is the place before the first and after the last.
      active = ((active + 1 + (event.key === 'ArrowDown' ? 1 : -1) + places) % places) - 1;
      show(true);
    } else if (event.key === 'Enter' && isOpen && options[active]) {
      options[active]?.click();
    } else return;
    event.preventDefault();
  }

  input.addEventListener('input', onInput, { signal });
  input.addEventListener('keydown', onKey, { signal });
  input.addEventListener('blur', close, { signal });
  // A click must not take the focus, whose loss closes the list.
  list.addEventListener('mousedown', (event) => event.preventDefault(), { signal });
  form.addEventListener('submit', close, { signal });
  // Typed before this ran.
  if (document.activeElement === input && input.value !== input.defaultValue) onInput();
  signal.addEventListener('abort', close);
}

async function fetchSuggestions(q: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(`/suggestions?${new URLSearchParams({ q })}`, { signal });
  if (!response.ok) throw new Error(`suggestions: ${response.status}`);
  return response.text();
}
