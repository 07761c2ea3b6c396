/** Returns what a page's component printed for its script; null if it printed nothing. */
export const factsIn = <Facts>(page: Document): Facts | null =>
  JSON.parse(
    page.querySelector<HTMLMetaElement>('meta[name="page-facts"]')?.content ?? 'null',
  ) as Facts | null;

/** Returns the facts of this page. */
export const readFacts = <Facts>(): Facts => factsIn<Facts>(document) as Facts;

/** Marks the page as ready, for tests and styles: its script has run. */
export const markReady = (): void => {
  document.documentElement.dataset['ready'] = '';
};

const acts = ['pointerdown', 'keydown', 'touchstart'] as const;

/** Calls back once, on a person's first action: mail scanners open links and run scripts. */
export function onFirstAct(run: () => void): void {
  const act = (event: Event): void => {
    if (!event.isTrusted) return;
    for (const name of acts) removeEventListener(name, act);
    run();
  };
  for (const name of acts) addEventListener(name, act, { passive: true });
}

/** Sets the text of a part of the page that its component marked with `data-out`. */
export function say(name: string, text: string, within: ParentNode = document): void {
  const part = within.querySelector(`[data-out="${name}"]`);
  if (part && part.textContent !== text) part.textContent = text;
}

/** Closes open menus by Esc and by a click elsewhere. */
export function closeMenus(): void {
  const open = () => document.querySelectorAll<HTMLDetailsElement>('details.menu[open]');
  addEventListener('click', ({ target }) => {
    for (const menu of open()) if (!(target instanceof Node && menu.contains(target))) menu.open = false;
  });
  addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });
}

/** Gives the focus to a summary of errors, else to the first wrong field. */
export function focusFirstError(): void {
  const summary = document.querySelector<HTMLElement>('.error-summary');
  (summary ?? document.querySelector<HTMLElement>('[aria-invalid="true"]'))?.focus();
}

/** Does `focusFirstError`, and lets links of summaries focus the fields, not only scroll to them. */
export function focusErrors(): void {
  focusFirstError();
  // Later summaries too: those that a form posted in place brings.
  document.addEventListener('click', (event) => {
    const link =
      event.target instanceof Element &&
      event.target.closest<HTMLAnchorElement>('.error-summary a[href^="#"]');
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    control.closest('details')?.setAttribute('open', '');
    control.focus();
    control.scrollIntoView({ block: 'center' });
  });
}
